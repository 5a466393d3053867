package import Delivering
package import Model
package import Rendering
package import Store

/// Finds out which delivery or subscriber a message that came back is about, and has the store act
/// on it.
///
/// Anybody can write such messages, so one counts only where it carries what nobody else could have
/// made for that subscriber: the Message-ID of a message to the address that it reports, the
/// envelope's sender of a delivery (VERP), or the token to leave by.
package struct ReturnedMailIntake {
  /// Reports come within days; older messages of a subscriber are not looked through.
  private static let mostEditions = 100

  private let store: any BounceStore & SubscriberStore
  private let names: MessageNames
  private let leaveTokens: LeaveTokens
  private let verp: VERP?
  private let now: Instant
  package private(set) var report = ReturnedMailReport()

  /// - Parameter verp: knows the senders of envelopes, also where they are not used any more; nil
  ///   where the address leaves no room for them.
  package init(
    store: any BounceStore & SubscriberStore,
    names: MessageNames,
    leaveTokens: LeaveTokens,
    verp: VERP?,
    now: Instant
  ) {
    self.store = store
    self.names = names
    self.leaveTokens = leaveTokens
    self.verp = verp
    self.now = now
  }

  /// Takes one message.
  ///
  /// - Returns: whether it is done with; a person may want to see any other.
  package mutating func take(_ message: ReturnedMail) throws -> Bool {
    report.read += 1
    switch message.kind {
    case .report(let recipients): return try take(recipients, of: message)
    case .complaint:
      return try end(by: complainant(message), message) { .complaint(subscriber: $0) }
    case .leaveRequest(let request):
      return try end(by: leaver(request), message) { .left(subscriber: $0) }
    case .automaticReply: report.automaticReplies += 1
    case .otherFeedback, .other: report.others += 1
    }
    return false
  }

  private mutating func take(
    _ recipients: [RecipientReport],
    of message: ReturnedMail
  ) throws -> Bool {
    let known = try recipients.compactMap { recipient in
      try edition(of: message, reportedFor: recipient.recipient).map { (recipient, $0) }
    }
    guard !known.isEmpty else { return leaveUnverified() }
    let failures = known.filter { $0.0.action == .failed }
      .map { (edition: $0.1, refusal: Refusal($0.0)) }
    let findings = failures.map { ReturnFinding.refused(delivery: $0.edition.delivery, $0.refusal) }
    guard try act(on: findings, message) else { return true }
    for failure in failures { report.add(failure.refusal, failure.edition.issue) }
    report.delayed += known.count { $0.0.action == .delayed }
    report.withoutEffect += known.count { $0.0.action == .other }
    return true
  }

  /// Ends what a subscriber is sent who complained or asked for it.
  private mutating func end(
    by subscriber: Int64?,
    _ message: ReturnedMail,
    _ finding: (Int64) -> ReturnFinding
  ) throws -> Bool {
    guard let subscriber else { return leaveUnverified() }
    guard try act(on: [finding(subscriber)], message) else { return true }
    if message.kind == .complaint { report.complaints += 1 } else { report.left += 1 }
    return true
  }

  private mutating func leaveUnverified() -> Bool {
    report.unverified += 1
    return false
  }

  /// - Returns: whether the message was new.
  private mutating func act(on findings: [ReturnFinding], _ message: ReturnedMail) throws -> Bool {
    guard let effects = try store.take(findings, from: message.identity, at: now) else {
      report.repeated += 1
      return false
    }
    for case .suppressed(let address, let reason) in effects {
      report.suppressed.append((address, reason))
    }
    return true
  }
}

extension ReturnedMailIntake {
  /// The edition that a report is about.
  private func edition(
    of message: ReturnedMail,
    reportedFor recipient: EmailAddress?
  ) throws -> SentEdition? {
    if let edition = try editionBySender(message) { return edition }
    return try recipient.flatMap { try edition(withID: message.original.messageID, to: $0) }
  }

  private func editionBySender(_ message: ReturnedMail) throws -> SentEdition? {
    guard let verp else { return nil }
    for sender in message.senders {
      guard let delivery = verp.claimedDelivery(of: sender),
        let edition = try store.editionSent(by: delivery),
        verp.isSender(sender, of: delivery, to: edition.recipient)
      else { continue }
      return edition
    }
    return nil
  }

  private func edition(withID id: String?, to recipient: EmailAddress) throws -> SentEdition? {
    // The domain is the configuration's, and may have changed since.
    guard let name = id?.split(separator: "@").first else { return nil }
    return try store.editionsSent(to: recipient, atMost: Self.mostEditions)
      .first { names.messageID(of: $0.issue, for: $0.subscriber) == name }
  }

  /// Providers hide the address of who complained, so anything of ours in the message will do.
  private func complainant(_ message: ReturnedMail) throws -> Int64? {
    if let edition = try editionBySender(message) { return edition.subscriber }
    if let subscriber = try subscriber(of: message.original.leaveTokens) { return subscriber }
    for recipient in message.original.recipients {
      let edition = try edition(withID: message.original.messageID, to: recipient)
      if let edition { return edition.subscriber }
    }
    return nil
  }

  /// Whose token it is; without one, the subscriber with the address it was written from.
  private func leaver(_ request: LeaveRequest) throws -> Int64? {
    try subscriber(of: request.tokens) ?? request.from.flatMap { try store.subscriber($0)?.key }
  }

  private func subscriber(of tokens: [String]) throws -> Int64? {
    try tokens.lazy.compactMap(leaveTokens.subscriber)
      .first { try store.address(ofSubscriber: $0) != nil }
  }
}

extension Refusal {
  fileprivate init(_ report: RecipientReport) {
    self.init(enhanced: report.enhanced, basic: report.basic, text: report.text)
  }
}
