internal import CCurl
internal import Glibc
package import Model

/// A connection to a mail server, with TLS and authentication done by libcurl.
///
/// From there on bytes go in and out as they are: the mail transaction is not libcurl's, because
/// its own waits blockingly for the reply to the final dot and hides whether the dot has left.
@safe
package final class SMTPConnection {
  /// What to wait for.
  package enum Readiness: Sendable { case reading, writing }

  /// How a wait ended.
  package enum Wait: Sendable { case ready, timedOut, interrupted }

  package enum Received: Equatable, Sendable {
    case bytes(Int)
    /// Nothing yet.
    case nothing
    /// The server has closed.
    case end
  }

  package let server: String
  private var curl: CurlHandle?
  private var socket: Int32

  /// Connects, which takes 30 s at most: name, TCP, greeting, TLS and authentication.
  ///
  /// - Parameter authorities: a PEM file with the certificates to trust, instead of the system's.
  package init(to relay: Relay, trusting authorities: String? = nil) throws(SMTPConnectionError) {
    let url = try relay.url()
    let curl = CurlHandle()
    curl.connect(to: url, relay)
    if let authorities { curl.set(CURLOPT_CAINFO, authorities) }
    let code = curl.perform()
    guard code == CURLE_OK else { throw curl.error(code, of: relay) }
    try curl.requireAuthentication(of: relay)
    server = relay.server
    socket = curl.socket
    self.curl = curl
  }

  /// Hands bytes over.
  ///
  /// - Returns: how many were taken: 0 when it would block. The next call must then begin with the
  ///   same bytes.
  package func send(_ bytes: Span<UInt8>) throws(SMTPConnectionError) -> Int {
    guard let curl else { throw lost("closed") }
    switch curl.send(bytes) {
    case .moved(let count): return count
    case .wouldBlock: return 0
    case .failed(let code): throw lost(curl.words(for: code))
    }
  }

  /// Takes what has arrived.
  ///
  /// Read until there is ``Received/nothing`` before waiting: bytes may lie
  /// inside OpenSSL, where no wait sees them.
  package func receive(into buffer: inout [UInt8]) throws(SMTPConnectionError) -> Received {
    guard let curl else { throw lost("closed") }
    switch curl.receive(into: &buffer) {
    case .moved(let count): return count == 0 ? .end : .bytes(count)
    case .wouldBlock: return .nothing
    case .failed(let code): throw lost(curl.words(for: code))
    }
  }

  /// Waits for the socket, or until a signal arrives.
  ///
  /// A wait to write ends also when the server
  /// says something.
  package func wait(for readiness: Readiness, milliseconds: Int32) -> Wait {
    let events = readiness == .reading ? POLLIN : POLLIN | POLLOUT
    var entry = pollfd(fd: socket, events: Int16(events), revents: 0)
    let count = unsafe poll(&entry, 1, milliseconds)
    if count < 0 { return .interrupted }
    return count == 0 ? .timedOut : .ready
  }

  /// Closes the connection at once; QUIT is the dialogue's.
  package func close() {
    curl = nil
    socket = -1
  }

  private func lost(_ detail: String) -> SMTPConnectionError {
    SMTPConnectionError(kind: .lost, server: server, detail: detail)
  }
}
