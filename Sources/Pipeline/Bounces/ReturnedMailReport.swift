package import Model
package import Store

/// What came back, counted.
package struct ReturnedMailReport: Sendable {
  package internal(set) var read = 0
  /// Messages that did not arrive, by why.
  package internal(set) var refused: [RefusalClass: Int] = [:]
  package internal(set) var complaints = 0
  package internal(set) var left = 0
  /// Messages that are still tried.
  package internal(set) var delayed = 0
  /// Reports that messages were delivered or handed on.
  package internal(set) var withoutEffect = 0
  /// What was taken before.
  package internal(set) var repeated = 0
  /// What could not be shown to be about a message of ours: forged, perhaps.
  package internal(set) var unverified = 0
  package internal(set) var automaticReplies = 0
  /// Mail by people, and what is in no known form.
  package internal(set) var others = 0
  /// The addresses that get nothing any more.
  package internal(set) var suppressed: [(address: EmailAddress, reason: SuppressionReason)] = []
  /// The issues of which servers did not want messages, whoever they were for.
  package internal(set) var unwanted: Set<IssueName> = []

  mutating func add(_ refusal: Refusal, _ issue: IssueName) {
    refused[refusal.kind, default: 0] += 1
    if refusal.kind == .policy { unwanted.insert(issue) }
  }
}

/// So many messages of an issue were refused for what servers think of the sender that somebody has
/// to look.
package struct PolicyAlarm: Equatable, Sendable {
  /// Fewer may be one provider's mood.
  private static let fewest = 5
  private static let share = 0.05

  package var issue: IssueName
  package var refused: Int
  package var sent: Int

  /// The issues among those of a report about which an alarm is due.
  package static func due(
    for report: ReturnedMailReport,
    in store: any BounceStore
  ) throws -> [PolicyAlarm] {
    try report.unwanted.sorted { $0.description < $1.description }.compactMap { issue in
      let (sent, refused) = try store.refusals(of: issue)
      let count = refused[.policy] ?? 0
      guard count >= fewest, Double(count) >= share * Double(sent) else { return nil }
      return PolicyAlarm(issue: issue, refused: count, sent: sent)
    }
  }
}
