import Model
import Transfer

/// Whether an issue goes out without having been approved.
enum Approval: String, CaseIterable {
  case optional, required
}

extension ConfigurationDecoder {
  /// When the reviewers of a digest get it, and who they are.
  func review(_ digest: Section, _ schedule: Schedule) -> ReviewSettings? {
    guard let section = section("review", of: digest, known: ["at", "to"]) else { return nil }
    let reviewers = reviewers(section)
    let expected = "a time of day, after a day of the week for what is not daily,"
    guard section.requiredText("at", example: "\"sunday 16:00\"") != nil, let reviewers else {
      return nil
    }
    return section.parsed("at", expected: expected, example: "\"sunday 16:00\"") { text in
      let words = text.split(separator: " ").map(String.init)
      guard let time = words.last.flatMap({ CivilTime($0) }), words.count <= 2 else { return nil }
      let day = words.count == 2 ? Weekday(rawValue: words[0]) : nil
      guard (schedule.cadence == .daily) == (words.count == 1), words.count == 1 || day != nil
      else { return nil }
      return ReviewSettings(day: day, time: time, reviewers: reviewers)
    }
  }

  private func reviewers(_ section: Section) -> [EmailAddress]? {
    guard section.has("to") else {
      section.noteMissing("to", example: "[redaction@example.org]")
      return nil
    }
    let written = section.list("to", example: "[redaction@example.org]") ?? []
    let addresses = written.map { value -> EmailAddress? in
      guard case .text(let text, _) = value.content, let address = EmailAddress(converting: text)
      else {
        findings.note("“\(section.path("to"))”: an address of mail is expected", at: value.place)
        return nil
      }
      return address
    }
    return addresses.contains(nil) ? nil : addresses.compactMap { $0 }
  }

  /// Who is told what happens.
  func notify(_ root: Section) -> NotifySettings {
    guard let section = section("notify", of: root, known: ["editor", "operator"]) else {
      return NotifySettings()
    }
    return NotifySettings(
      editor: emailAddress(section, "editor", example: "redaction@example.org"),
      operator: emailAddress(section, "operator", example: "root@example.org")
    )
  }
}
