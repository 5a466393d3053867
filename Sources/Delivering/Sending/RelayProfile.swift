package import Model
package import Store
import Transfer

/// How a relay is to be used.
package struct RelayProfile: Sendable {
  /// `host:port`, as messages have it.
  package var server: String
  /// The name given in EHLO (RFC 5321 §4.1.1.1).
  package var ehloName: String
  /// Its name in the store: what is known of one relay says nothing about another.
  package var name: String
  /// The connections at a time.
  package var connections: Int
  /// Some relays close a connection after a number of messages of their own.
  package var messagesPerConnection: Int
  /// How many messages it may get; nil for no limit.
  package var quota: RelayQuota?

  package init(
    _ relay: Relay,
    connections: Int = 4,
    messagesPerConnection: Int = 100,
    perHour: Int = 0,
    perDay: Int = 0
  ) {
    server = relay.server
    ehloName = relay.ehloName
    name = (relay.credentials.map { $0.user + "@" } ?? "") + relay.server
    self.connections = connections
    self.messagesPerConnection = messagesPerConnection
    quota =
      perHour + perDay > 0 ? RelayQuota(relay: name, perHour: perHour, perDay: perDay) : nil
  }
}

extension RelayStanding {
  /// How long a relay that has failed is left alone, by the failures in a row.
  private static let rests: [Interval] = [1, 2, 4, 8, 15].map(Interval.minutes)

  /// What makes a server refuse us is not mended in minutes.
  private static let restAfterPolicy = Interval.hours(1)

  /// What is known after another run.
  func after(_ report: DeliveryReport, now: Instant) -> RelayStanding {
    switch report.end {
    case .failed(let error) where error.isPassing:
      let rest = Self.rests[min(failures, Self.rests.count - 1)]
      return RelayStanding(failures: failures + 1, openUntil: now.advanced(by: rest))
    case .failed(.policy):
      let openUntil = now.advanced(by: Self.restAfterPolicy)
      return RelayStanding(failures: failures + 1, openUntil: openUntil)
    default: return report.accepted > 0 ? RelayStanding() : self
    }
  }
}
