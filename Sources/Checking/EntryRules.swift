import Markup
import Model

extension ListedEntry {
  /// What is wrong with an entry, whatever document it is in.
  ///
  /// - Parameter now: no date is much later.
  func findings(now: Instant) -> [Finding] {
    identityFindings + wordFindings + addressFindings + dateFindings(now: now)
  }

  private var identityFindings: [Finding] {
    fault(ofID: id).map {
      [error("its id \($0); ids come from the article's front matter or source")]
    }
      ?? []
  }

  private var wordFindings: [Finding] {
    var findings = titleFindings
    if authors.isEmpty || authors.contains(where: looksEmpty) {
      findings.append(error("no author's name; set “author” in the article, or the site's"))
    }
    if topics.contains(where: looksEmpty) { findings.append(error("a topic without a name")) }
    if [summary, content].allSatisfy({ $0.map(looksEmpty) ?? true }) {
      findings.append(warning("neither summary nor content; readers show only its title"))
    }
    if let name = [title, summary, content].lazy.compactMap(damagedCharacter).first {
      findings.append(warning("has \(name), left over from a wrong encoding; mend the article"))
    }
    return findings
  }

  private var titleFindings: [Finding] {
    if looksEmpty(title) { return [error("no title that can be seen; give the article one")] }
    guard hasReference(title) else { return [] }
    return [
      warning("its title shows “&…;” to readers; if it was escaped twice, write it as plain text")
    ]
  }

  private var addressFindings: [Finding] {
    ([("its link", address)] + resources.map { ("its image or file", $0) })
      .filter { !isWebAddress($0.1) }
      .map { error("\($0.0), “\($0.1)”, is not an absolute http or https address in ASCII") }
  }

  private func dateFindings(now: Instant) -> [Finding] {
    let later = updated?.instant == published?.instant ? nil : updated
    let dates = [("published", published), ("updated", later)]
    var findings = dates.compactMap { name, date in
      date.flatMap { fault(of: $0, now: now) }.map { fault, severity in
        severity == .error ? error("\(name): \(fault)") : warning("\(name): \(fault)")
      }
    }
    if let published = published?.instant, let updated = updated?.instant, updated < published {
      findings.append(error("updated (\(updated.rfc3339)) before it was published"))
    }
    return findings
  }

  /// Content that readers or browsers would take otherwise than it stands there.
  ///
  /// feedgen's own sanitiser must find nothing to change; it knows scripts, active attributes,
  /// relative addresses and elements left open.
  var contentFindings: [Finding] {
    // A description without tags was a plain text.
    guard let content = content ?? described.flatMap({ $0.contains("<") ? $0 : nil }) else {
      return []
    }
    do {
      let content = withoutImage(content)
      let fragment = try HTMLFragment(parsing: content)
      guard let clean = fragment.changeBySanitising(content, base: address) else { return [] }
      let place = differingPart(of: content, from: clean)
      return [
        error("its content is not safe, complete HTML with absolute addresses, at “\(place)”")
      ]
    } catch {
      return [self.error("its content cannot be parsed: \(error)")]
    }
  }
}

extension ListedEntry {
  /// The content without the image that stands in front of it, whose address is looked at by itself.
  private func withoutImage(_ content: String) -> String {
    let start = "<p><img src=\""
    let end = "\" alt=\"\"></p>"
    for address in resources {
      let image =
        start
        + address.split(separator: "&", omittingEmptySubsequences: false)
        .joined(separator: "&amp;") + end
      if content.hasPrefix(image) { return String(content.dropFirst(image.count)) }
    }
    return content
  }
}

/// What a date is not; nil where it is good.
func fault(of date: WrittenDate, now: Instant) -> (String, Finding.Severity)? {
  guard let instant = date.instant else {
    return ("“\(date.text)” is not a date as the format writes it, on its right weekday", .error)
  }
  guard instant > now.advanced(by: .days(1)) || instant < Instant(seconds: 631_152_000) else {
    return nil
  }
  return ("\(instant.rfc3339) is not likely; validators expect 1990 to tomorrow", .warning)
}

/// What an id is not (RFC 4287 §4.2.6, RFC 4151); nil where it is good.
func fault(ofID id: String) -> String? {
  guard !id.isEmpty else { return "is missing" }
  guard id.utf8.allSatisfy({ (0x21...0x7e).contains($0) && !"\"<>\\^`{|}".utf8.contains($0) })
  else { return "is not written in the ASCII of URIs" }
  guard let colon = id.utf8.firstIndex(of: UInt8(ascii: ":")), colon > id.startIndex,
    id[..<colon].utf8.allSatisfy({
      (97...122).contains($0 | 0x20) || "0123456789+-.".utf8.contains($0)
    })
  else { return "is not an absolute URI" }
  if id.hasPrefix("tag:") { return faultOfTag(id) }
  return id.hasPrefix("http") && !isWebAddress(id) ? "is not a complete web address" : nil
}

private func faultOfTag(_ id: String) -> String? {
  let fields = id.dropFirst(4).split(
    separator: ":",
    maxSplits: 1,
    omittingEmptySubsequences: false
  )
  let entity = (fields.first ?? "").split(separator: ",", omittingEmptySubsequences: false)
  guard fields.count == 2, entity.count == 2, !entity[0].isEmpty,
    !entity[0].utf8.contains(where: { (65...90).contains($0) }),
    [4, 7, 10].contains(entity[1].utf8.count),
    CivilDate("\(entity[1])\("-01-01".dropFirst(entity[1].utf8.count - 4))") != nil
  else { return "is not a tag URI (tag:host,year:name, in small letters)" }
  return nil
}

/// Whether a plain text has a character reference in it: `&amp;`, `&#233;`.
private func hasReference(_ text: String) -> Bool {
  text.utf8.split(separator: UInt8(ascii: "&")).dropFirst(text.utf8.first == 38 ? 0 : 1)
    .contains { part in
      guard let end = part.firstIndex(of: UInt8(ascii: ";")) else { return false }
      let name = part[..<end]
      return !name.isEmpty
        && name.allSatisfy { (97...122).contains($0 | 0x20) || (48...57).contains($0) || $0 == 35 }
    }
}

/// The name of the first C1 control or replacement character in a text.
private func damagedCharacter(_ text: String?) -> String? {
  let scalar = text?.unicodeScalars.first { (0x80...0x9f).contains($0.value) || $0 == "\u{fffd}" }
  return scalar.map { "U+\(String($0.value, radix: 16, uppercase: true))" }
}

/// Up to sixty characters from where a text begins to differ from another.
private func differingPart(of text: String, from other: String) -> String {
  let same = zip(text.unicodeScalars, other.unicodeScalars).prefix { $0 == $1 }.count
  let part = text.unicodeScalars.dropFirst(max(0, same - 10)).prefix(60)
  return singleLine(String(String.UnicodeScalarView(part)))
}
