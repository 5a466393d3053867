package import Model
package import Store

/// Why a decision about an issue cannot be carried out.
package enum IssueRefusal: Error, Equatable, Sendable {
  /// The issue is not at the point where this can be decided.
  case state(IssueState)
  /// All its messages have come to their end.
  case over
  /// It waits for something else first.
  case waits
}

extension SiteStore {
  /// Why a decision about an issue cannot be carried out now; nil where it can.
  package func refusal(of decision: IssueDecision, about issue: IssueRecord) throws -> IssueRefusal?
  {
    guard decision.states.contains(issue.state) else { return .state(issue.state) }
    switch decision {
    case .hold, .cancel: return try hasUnsent(issue) ? nil : .over
    case .release: return issue.holds.contains(.firstSend) ? .waits : nil
    case .approve: return issue.holds.allSatisfy { $0 == .firstSend } ? nil : .waits
    }
  }

  /// Carries a decision about an issue out.
  ///
  /// - Throws: ``IssueRefusal``, and what the store throws.
  package func decide(
    _ decision: IssueDecision,
    about issue: IssueRecord,
    at instant: Instant
  ) throws {
    if let refusal = try refusal(of: decision, about: issue) { throw refusal }
    switch decision {
    case .hold: try setState(.held([.byHand]), of: issue.key)
    case .release: try setState(.review, of: issue.key)
    case .approve:
      try approve(issue.key, at: instant)
      try setState(.review, of: issue.key)
    case .cancel: try setState(.cancelled, of: issue.key)
    }
  }

  private func hasUnsent(_ issue: IssueRecord) throws -> Bool {
    let counts = try counts(of: issue.key)
    return [DeliveryState.pending, .claimed, .uncertain].contains { counts[$0] != nil }
  }
}

extension IssueDecision {
  /// The states of issues about which it can be decided.
  fileprivate var states: Set<IssueState> {
    switch self {
    case .hold: [.review, .planned]
    case .release: [.held]
    case .approve: [.review, .held]
    case .cancel: [.review, .held, .planned]
    }
  }
}
