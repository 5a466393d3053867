package import Model

/// How many messages a relay may get; 0 for no limit.
package struct RelayQuota: Equatable, Sendable {
  /// The relay's name; see ``RelayLedger``.
  package var relay: String
  /// In each hour of the clock.
  package var perHour: Int
  /// In each day, in UTC.
  package var perDay: Int

  package init(relay: String, perHour: Int, perDay: Int) {
    self.relay = relay
    self.perHour = perHour
    self.perDay = perDay
  }
}

/// How a relay did in the last runs.
package struct RelayStanding: Equatable, Sendable {
  /// How many runs in a row it failed.
  package var failures: Int
  /// Until when it is left alone.
  package var openUntil: Instant?

  package init(failures: Int = 0, openUntil: Instant? = nil) {
    self.failures = failures
    self.openUntil = openUntil
  }
}

/// What is known of each relay from one run to the next; one that is new is well.
package protocol RelayLedger: AnyObject, Sendable {
  func standing(of relay: String) throws -> RelayStanding

  func note(_ standing: RelayStanding, of relay: String) throws

  /// How many messages a relay may still get at an instant.
  func rest(of quota: RelayQuota, now: Instant) throws -> Int

  /// Counts messages that it gets; fewer than none where some were put back that it did not get.
  func use(_ count: Int, of quota: RelayQuota, now: Instant) throws
}
