import Model
import Transfer

/// Makes rows of a table's records.
struct RowReader {
  private let table: SubscriberTable
  private let columns: [SubscriberTable.Column]
  private let topics: [String: Slug]
  private let allTopics: [Slug]
  /// The line of every address so far.
  private var lines: [String: Int] = [:]

  init(_ table: SubscriberTable, columns: [SubscriberTable.Column]) {
    self.table = table
    self.columns = columns
    allTopics = table.site.topics.filter { !$0.isRetired }.map(\.slug)
    var topics: [String: Slug] = [:]
    for topic in table.site.topics {
      for old in topic.was { topics[old.text] = topic.slug }
    }
    for topic in table.site.topics {
      topics[topic.title.lowercased()] = topic.slug
      topics[topic.slug.text] = topic.slug
    }
    self.topics = topics
  }

  mutating func row(_ record: CSVRecord) -> Result<SubscriberTable.Row, Problem> {
    do throws(Fault) {
      let row = try self.row(fields: try fields(of: record), line: record.line)
      if let line = lines.updateValue(record.line, forKey: row.subscriber.address.identity) {
        throw Fault("\(row.subscriber.address) was already in line \(line); remove one")
      }
      return .success(row)
    } catch {
      return .failure(table.problem(error.message, line: record.line))
    }
  }
}

/// What is wrong with a row.
private struct Fault: Error {
  let message: String

  init(_ message: String) { self.message = message }
}

extension RowReader {
  private typealias Fields = [SubscriberTable.Column: String]

  private func fields(of record: CSVRecord) throws(Fault) -> Fields {
    if let fault = record.fault { throw Fault(fault) }
    guard let texts = record.texts else {
      throw Fault("not UTF-8; in a spreadsheet, save the table as “CSV UTF-8”")
    }
    guard texts.count <= columns.count else {
      throw Fault(
        "\(texts.count) fields, and the first line names \(columns.count) columns; put quotes "
          + "around a field with the separator in it"
      )
    }
    let written = zip(columns, texts.map(trimmed)).filter { !$0.1.isEmpty }
    return Fields(written) { first, _ in first }
  }

  private func row(fields: Fields, line: Int) throws(Fault) -> SubscriberTable.Row {
    let subscriber = Subscriber(
      address: try address(fields[.email]),
      name: try name(fields[.name]),
      language: try language(fields[.language]),
      cadence: try cadence(fields[.cadence]),
      topics: try topics(fields[.topics])
    )
    let standing: SubscriberTable.Row.Standing
    if let reason = try suppression(fields[.status]) {
      standing = .suppressed(reason)
    } else {
      standing = .active(try consent(fields))
    }
    return SubscriberTable.Row(line: line, subscriber: subscriber, standing: standing)
  }

  private func address(_ text: String?) throws(Fault) -> EmailAddress {
    guard let text else { throw Fault("the address is missing") }
    if let address = EmailAddress(converting: text) { return address }
    throw Fault("“\(text)” is no e-mail address")
  }

  private func name(_ text: String?) throws(Fault) -> String? {
    guard let text else { return nil }
    guard text.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control }),
      text.utf8.count <= 200
    else { throw Fault("the name is longer than 200 bytes or has control characters in it") }
    return text
  }

  private func language(_ text: String?) throws(Fault) -> Language {
    guard let text else { return table.site.language }
    guard let language = Language(text) else {
      throw Fault("“\(text)” is no language tag; write for instance \(table.site.language)")
    }
    return language
  }

  private func cadence(_ text: String?) throws(Fault) -> Cadence {
    guard let text else { return standardCadence }
    guard let cadence = Cadence(rawValue: text.lowercased()) else {
      let known = Cadence.allCases.map(\.rawValue)
      throw Fault("“\(text)” is no cadence; write one of \(known.joined(separator: ", "))")
    }
    return cadence
  }

  /// Weekly, unless the site has digests and none of them is.
  private var standardCadence: Cadence {
    let cadences = table.site.digests.map(\.schedule.cadence)
    return cadences.contains(.weekly) ? .weekly : cadences.first ?? .weekly
  }

  /// In the order of the row, each once; all that are open where the row names none.
  private func topics(_ text: String?) throws(Fault) -> [Slug] {
    guard let text else { return allTopics }
    var slugs: [Slug] = []
    for name in text.split(separator: ";").map({ trimmed(String($0)) }) where !name.isEmpty {
      guard let slug = topics[name.lowercased()] else { throw unknownTopic(name) }
      if !slugs.contains(slug) { slugs.append(slug) }
    }
    return slugs.isEmpty ? allTopics : slugs
  }

  private func unknownTopic(_ name: String) -> Fault {
    let known = table.site.topics.map(\.slug.text)
    let nearest =
      nearestName(to: name.lowercased(), among: topics.keys.sorted()).flatMap { topics[$0] }
    let advice =
      nearest.map { "did you mean “\($0)”?" } ?? "known are \(known.joined(separator: ", "))"
    return Fault("“\(name)” is no topic; \(advice)")
  }

  private func consent(_ fields: Fields) throws(Fault) -> Consent? {
    guard let source = fields[.consentSource] else {
      if fields[.consentAt] == nil { return nil }
      throw Fault("consent_at without consent_source; write how the consent was given")
    }
    guard let text = fields[.consentAt] else { return Consent(given: table.now, source: source) }
    guard let given = Instant(text, in: table.site.zone) else {
      throw Fault("“\(text)” is no date; write for instance 2026-11-23 or 2026-11-23T08:00:00Z")
    }
    guard given <= table.now else { throw Fault("consent_at, “\(text)”, is still to come") }
    return Consent(given: given, source: source)
  }
}

extension RowReader {
  /// What other systems call it.
  private static let foreignNames: [String: SuppressionReason] = [
    "unsubscribed": .left, "unsubscribe": .left, "optout": .left, "opted-out": .left,
    "bounced": .dead, "hard-bounced": .dead, "cleaned": .dead, "invalid": .dead,
    "complained": .complaint, "spam": .complaint,
    "blocklisted": .never, "blacklisted": .never, "blocked": .never,
    "deleted": .erased, "disabled": .byHand, "suppressed": .byHand,
  ]
  private static let active: Set<String> = ["active", "enabled", "confirmed", "subscribed"]

  /// Why the address must not be written to; nil for an active subscriber.
  private func suppression(_ text: String?) throws(Fault) -> SuppressionReason? {
    let word = String((text ?? "active").lowercased().map { $0 == "_" || $0 == " " ? "-" : $0 })
    if Self.active.contains(word) { return nil }
    if let reason = SuppressionReason(rawValue: word) ?? Self.foreignNames[word] { return reason }
    if ["unconfirmed", "pending"].contains(word) {
      throw Fault("“\(word)”: not confirmed, so not a subscriber; left out")
    }
    let known = SuppressionReason.allCases.map(\.rawValue).joined(separator: ", ")
    throw Fault("“\(word)” is no status; write active or one of \(known)")
  }
}

/// A field without the white space around it.
func trimmed(_ text: String) -> String {
  var rest = Substring(text).unicodeScalars
  while let first = rest.first, first.properties.isWhitespace { rest.removeFirst() }
  while let last = rest.last, last.properties.isWhitespace { rest.removeLast() }
  return String(rest)
}
