package import Model

/// What people decide about issues.
package protocol IssueControl: AnyObject, Sendable {
  /// The latest plan of an issue; nil for one that never was.
  func issue(_ name: IssueName) throws -> IssueRecord?

  /// The issues that are held, or wait for their slot or approval.
  func waitingIssues() throws -> [IssueRecord]

  /// The issue that an editorial was used by: one that readers got, or are to get.
  func issue(withEditorial text: String) throws -> IssueName?

  /// Keeps what the editor wrote with the issue that uses it.
  func setEditorial(_ text: String, of issue: Int64) throws

  /// Records that somebody approved an issue.
  func approve(_ issue: Int64, at instant: Instant) throws

  /// Cancels what still waits of an issue, and settles its articles for the subscribers that it
  /// was for: they come in no later one.
  ///
  /// - Parameter wasSent: whether the subscribers may have got it, as far as this store can tell.
  func settleUnsent(of issue: Int64, wasSent: Bool) throws

  /// Makes deliveries of an issue wait to be sent, whatever became of them and however late it is.
  ///
  /// - Returns: the addresses of which the issue has no delivery.
  func resend(_ issue: Int64, to recipients: [EmailAddress]) throws -> [EmailAddress]

  /// Whether any subscriber's message was ever handed to a relay.
  func hasSent() throws -> Bool

  /// Counts what was written to the outbox as sent.
  func settlePreviewed() throws

  /// The issues that go out or went out, were due after an instant, and that no report told of.
  func issuesToReport(dueAfter instant: Instant) throws -> [IssueRecord]

  /// Records that a report on an issue goes out.
  func setReported(_ issue: Int64, at instant: Instant, telling reports: [StaffMessage]) throws

  /// How many subscribers came and left since an instant.
  func readerChanges(since instant: Instant) throws -> (new: Int, left: Int)

  /// The titles of the articles that an issue lists, as they are now, newest first.
  func titles(of issue: Int64) throws -> [String]
}
