package import Transfer

/// A connection as the engine uses it.
package protocol MailConnection: AnyObject {
  var state: SMTPConnection.State { get }
  /// What the last wait has found.
  var isReady: Bool { get }
  func send(_ bytes: Span<UInt8>) throws(SMTPConnectionError) -> Int
  func receive(into buffer: inout [UInt8]) throws(SMTPConnectionError) -> SMTPConnection.Received
  func close()
}

/// What makes connections to one relay, and waits for them.
package protocol MailNetwork: AnyObject {
  associatedtype Connection: MailConnection

  var now: ContinuousClock.Instant { get }
  func connect() -> Connection
  /// Waits until a connection can be read from, or written to where it waits for that; or until it
  /// is woken, or time is up.
  func wait(for connections: [Connection], milliseconds: Int32)
}

extension SMTPConnection: MailConnection {}

extension SMTPNetwork: MailNetwork {
  package var now: ContinuousClock.Instant { .now }
}
