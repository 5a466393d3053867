package import Model

/// A ping that is owed to a hub.
package struct WaitingPing: Equatable, Sendable {
  package var ping: HubPing
  /// How often it failed.
  package var attempts: Int
  /// The real time from which on it is to be tried.
  package var notBefore: Instant
  /// What came of the last try, if that failed.
  package var reply: String?

  package init(ping: HubPing, attempts: Int = 0, notBefore: Instant, reply: String? = nil) {
    self.ping = ping
    self.attempts = attempts
    self.notBefore = notBefore
    self.reply = reply
  }
}

/// What WebSub hubs are still to be told: one row a hub and document, so there are never many.
package protocol HubQueue: AnyObject, Sendable {
  /// All that waits: what is due first comes first, then by hub and topic.
  func waitingPings() throws -> [WaitingPing]

  /// Writes pings down, each in the place of one that waits for the same hub and topic, and forgets
  /// others, in one transaction.
  func updatePings(_ waiting: [WaitingPing], forgetting: [HubPing]) throws
}
