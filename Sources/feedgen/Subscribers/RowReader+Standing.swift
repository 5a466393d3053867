import Model

extension SubscriberTable {
  /// What is written in a row of feedgen's own columns.
  struct Fields {
    private let written: [String: String]

    init(_ written: [String: String]) { self.written = written }

    subscript(_ column: Column) -> String? { written[column.rawValue] }
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

  func standing(
    _ fields: SubscriberTable.Fields
  ) throws(RowFault) -> SubscriberTable.Row.Standing {
    let text = (fields[.status] ?? "active").lowercased()
    let word = String(text.map { $0 == "_" || $0 == " " ? "-" : $0 })
    if Self.active.contains(word) { return .active(try consent(fields)) }
    if let reason = SuppressionReason(rawValue: word) ?? Self.foreignNames[word] {
      return .suppressed(reason)
    }
    if ["unconfirmed", "pending"].contains(word) { return .leftOut("not confirmed (\(word))") }
    let known = SuppressionReason.allCases.map(\.rawValue).joined(separator: ", ")
    throw RowFault("“\(word)” is no status; write active or one of \(known)")
  }

  func standing(of person: ForeignSubscriber) throws(RowFault) -> SubscriberTable.Row.Standing {
    switch person.standing {
    case .suppressed(let reason): return .suppressed(reason)
    case .leftOut(let why): return .leftOut(why)
    case .active(since: nil, _): return .active(nil)
    case .active(let date?, let source):
      return .active(Consent(given: try self.date(date, of: "the consent"), source: source))
    }
  }

  private func consent(_ fields: SubscriberTable.Fields) throws(RowFault) -> Consent? {
    guard let source = fields[.consentSource] else {
      if fields[.consentAt] == nil { return nil }
      throw RowFault("consent_at without consent_source; write how the consent was given")
    }
    guard let text = fields[.consentAt] else { return Consent(given: table.now, source: source) }
    return Consent(given: try date(text, of: "consent_at"), source: source)
  }

  private func date(_ text: String, of what: String) throws(RowFault) -> Instant {
    guard let date = Instant(text, in: table.site.zone) else {
      throw RowFault("“\(text)” is no date; write for instance 2026-11-23 or 2026-11-23T08:00:00Z")
    }
    guard date <= table.now else { throw RowFault("\(what), “\(text)”, is still to come") }
    return date
  }
}
