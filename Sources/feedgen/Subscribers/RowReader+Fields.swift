import Model
import Transfer

extension RowReader {
  /// A row of feedgen's own columns.
  func ownRow(
    _ written: [String: String],
    line: Int
  ) throws(RowFault) -> SubscriberTable.Row {
    let fields = SubscriberTable.Fields(written)
    let subscriber = Subscriber(
      address: try address(fields[.email]),
      name: try name(fields[.name]),
      language: try language(fields[.language]),
      cadence: try cadence(fields[.cadence]),
      topics: try topics(fields[.topics])
    )
    return SubscriberTable.Row(
      line: line,
      subscriber: subscriber,
      standing: try standing(fields)
    )
  }

  /// A row of what another system says of somebody, who gets what new subscribers get.
  func foreignRow(
    _ person: ForeignSubscriber,
    line: Int
  ) throws(RowFault) -> SubscriberTable.Row {
    let subscriber = Subscriber(
      address: try address(person.email),
      name: try name(person.name),
      language: table.site.language,
      cadence: standardCadence,
      topics: allTopics
    )
    return SubscriberTable.Row(
      line: line,
      subscriber: subscriber,
      standing: try standing(of: person)
    )
  }

  private func address(_ text: String?) throws(RowFault) -> EmailAddress {
    guard let text else { throw RowFault("the address is missing") }
    if let address = EmailAddress(converting: text) { return address }
    throw RowFault("“\(text)” is no e-mail address")
  }

  private func name(_ text: String?) throws(RowFault) -> String? {
    guard let text else { return nil }
    guard text.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control }),
      text.utf8.count <= 200
    else { throw RowFault("the name is longer than 200 bytes or has control characters in it") }
    return text
  }

  private func language(_ text: String?) throws(RowFault) -> Language {
    guard let text else { return table.site.language }
    guard let language = Language(text) else {
      throw RowFault("“\(text)” is no language tag; write for instance \(table.site.language)")
    }
    return language
  }

  private func cadence(_ text: String?) throws(RowFault) -> Cadence {
    guard let text else { return standardCadence }
    guard let cadence = Cadence(rawValue: text.lowercased()) else {
      let known = Cadence.allCases.map(\.rawValue)
      throw RowFault("“\(text)” is no cadence; write one of \(known.joined(separator: ", "))")
    }
    return cadence
  }

  /// Weekly, unless the site has digests and none of them is.
  private var standardCadence: Cadence {
    let cadences = table.site.digests.map(\.schedule.cadence)
    return cadences.contains(.weekly) ? .weekly : cadences.first ?? .weekly
  }

  /// In the order of the row, each once; all that are open where the row names none.
  private func topics(_ text: String?) throws(RowFault) -> [Slug] {
    guard let text else { return allTopics }
    var slugs: [Slug] = []
    for name in text.split(separator: ";").map({ trimmed(String($0)) }) where !name.isEmpty {
      guard let slug = topics[name.lowercased()] else { throw unknownTopic(name) }
      if !slugs.contains(slug) { slugs.append(slug) }
    }
    return slugs.isEmpty ? allTopics : slugs
  }

  private func unknownTopic(_ name: String) -> RowFault {
    let known = table.site.topics.map(\.slug.text)
    let nearest =
      nearestName(to: name.lowercased(), among: topics.keys.sorted()).flatMap { topics[$0] }
    let advice =
      nearest.map { "did you mean “\($0)”?" } ?? "known are \(known.joined(separator: ", "))"
    return RowFault("“\(name)” is no topic; \(advice)")
  }
}
