/// What a person decides about an issue that has not gone out.
package enum IssueDecision: String, CaseIterable, Sendable {
  /// Says that it may go out as it is.
  case approve
  /// Stops it, also while it is being sent.
  case hold
  /// Lets it go that is held.
  case release
  /// Gives it up; its articles are in the next one.
  case cancel
}
