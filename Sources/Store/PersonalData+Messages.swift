package import Model

extension PersonalData {
  /// A message that was sent, is owed, or was to be sent.
  package struct Message: Equatable, Sendable {
    /// What it is: `digest`, `resend`, `confirmation`, or `staff` for who makes the publication.
    package var kind: String
    /// Nil for a message without an issue.
    package var issue: IssueName?
    package var state: DeliveryState
    package var attempts: Int
    /// Its Date: when it was first tried.
    package var date: Instant?
    /// When it is tried again.
    package var notBefore: Instant?
    /// When what the state says became known.
    package var settled: Instant?
    /// What the mail server said last.
    package var reply: String?
    package var refusal: NotedRefusal?
    /// The ids of the articles that it left out, because they were withdrawn before it was sent.
    package var omitted: [String]

    package init(
      kind: String,
      issue: IssueName?,
      state: DeliveryState,
      attempts: Int,
      date: Instant?,
      notBefore: Instant?,
      settled: Instant?,
      reply: String?,
      refusal: NotedRefusal?,
      omitted: [String]
    ) {
      self.kind = kind
      self.issue = issue
      self.state = state
      self.attempts = attempts
      self.date = date
      self.notBefore = notBefore
      self.settled = settled
      self.reply = reply
      self.refusal = refusal
      self.omitted = omitted
    }
  }

  /// That a message was refused, at once or after it had been taken.
  package struct NotedRefusal: Equatable, Sendable {
    package var kind: RefusalClass
    package var code: String
    package var text: String
    package var reported: Instant

    package init(kind: RefusalClass, code: String, text: String, reported: Instant) {
      self.kind = kind
      self.code = code
      self.text = text
      self.reported = reported
    }
  }
}
