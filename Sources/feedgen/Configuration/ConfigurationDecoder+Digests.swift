import Model

extension ConfigurationDecoder {
  private static let digestExample =
    "[{name: weekly, cadence: weekly, day: monday, at: \"08:00\"}]"

  func digests(_ root: Section) -> [DigestSettings] {
    let values = root.list("digests", example: Self.digestExample) ?? []
    var seen: Set<Cadence> = []
    return values.enumerated().compactMap { index, value in
      let section = Section(
        value,
        name: "digests[\(index)]",
        known: [
          "name", "cadence", "day", "at", "max_lateness", "min_items", "ceiling", "content",
          "review", "approval",
        ],
        findings: findings
      )
      let digest = digest(section)
      if let digest, !seen.insert(digest.schedule.cadence).inserted {
        section.note("there is already a \(digest.name) digest above; remove one", at: "cadence")
      }
      return digest
    }
  }

  private func digest(_ section: Section) -> DigestSettings? {
    let schedule = schedule(section)
    let lateness = section.interval(
      "max_lateness",
      from: .minutes(15),
      to: .days(28),
      example: "3d"
    )
    let ceiling = section.number("ceiling", in: 1...500, example: 30) ?? 30
    let minItems = section.number("min_items", in: 1...500, example: 1) ?? 1
    if minItems > ceiling {
      section.note(
        "“\(section.path("min_items"))” (\(minItems)) is more than “ceiling” (\(ceiling)), "
          + "so that no digest would ever go out; lower it",
        at: "min_items"
      )
    }
    guard let schedule else { return nil }
    noteOtherName(section, than: schedule.cadence.rawValue)
    return DigestSettings(
      name: schedule.cadence.rawValue,
      schedule: schedule,
      maxLateness: lateness ?? schedule.cadence.standardLateness,
      minItems: minItems,
      ceiling: ceiling,
      excerpt: excerpt(section),
      review: review(section, schedule),
      needsApproval: section.word("approval", example: Approval.required) == .required
    )
  }

  private func excerpt(_ section: Section) -> Excerpt {
    guard case .text("full", _)? = section.value("content")?.content else {
      return section.word("content", example: Excerpt.summary) ?? .summary
    }
    section.note(
      "“\(section.path("content"))”: in this version of feedgen a digest has summaries or titles, "
        + "not whole articles; write “content: summary”",
      at: "content"
    )
    return .summary
  }

  private func noteOtherName(_ section: Section, than name: String) {
    guard let written = section.text("name", example: name), written != name else { return }
    section.note(
      "“\(section.path("name"))”: in this version of feedgen the name of a digest is its "
        + "cadence; write “name: \(name)”",
      at: "name"
    )
  }

  private func schedule(_ section: Section) -> Schedule? {
    let time = section.has("at") ? time(section) : CivilTime(hour: 8, minute: 0)
    let day = section.word("day", example: Weekday.monday) ?? .monday
    guard section.value("cadence") != nil else {
      section.noteMissing("cadence", example: "weekly")
      return nil
    }
    guard let cadence = section.word("cadence", example: Cadence.weekly), let time else {
      return nil
    }
    switch cadence {
    case .daily:
      if section.has("day") {
        section.note("“\(section.path("day"))”: a daily digest has no day; remove it", at: "day")
      }
      return .daily(at: time)
    case .weekly: return .weekly(on: day, at: time)
    case .monthly: return .monthly(first: day, at: time)
    }
  }

  private func time(_ section: Section) -> CivilTime? {
    section.parsed(
      "at",
      expected: "a time of day from 00:00 to 23:59 in four digits",
      example: "\"08:00\""
    ) { CivilTime($0) }
  }
}

extension Cadence {
  /// How late an issue may be where nothing else is said: well before the next is due.
  var standardLateness: Interval {
    self == .daily ? .hours(12) : .days(3)
  }
}
