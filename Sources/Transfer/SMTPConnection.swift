internal import CCurl
internal import Glibc
internal import Model

/// A connection to a mail server, with TLS and authentication done by libcurl.
///
/// From there on bytes go in and out as they are: the mail transaction is not libcurl's, because
/// its own waits blockingly for the reply to the final dot and hides whether the dot has left.
@safe
package final class SMTPConnection {
  package enum State: Equatable, Sendable {
    case connecting
    case open
    case failed(SMTPConnectionError)
    case closed
  }

  package enum Received: Equatable, Sendable {
    case bytes(Int)
    /// Nothing yet.
    case nothing
    /// The server has closed.
    case end
  }

  package private(set) var state: State
  /// Whether bytes wait for the socket to take them.
  package private(set) var isWaitingToWrite = false
  /// What the last wait has found.
  package private(set) var isReady = false

  private let relay: Relay
  private let multi: CurlMulti?
  private var curl: CurlHandle?
  private var socket: Int32 = -1
  /// Whether a plain socket has given all it had when it was last waited for.
  private var isDrained = false

  init(connecting curl: CurlHandle, in multi: CurlMulti, to relay: Relay) {
    self.relay = relay
    self.multi = multi
    self.curl = curl
    state = .connecting
  }

  init(failed error: SMTPConnectionError, to relay: Relay) {
    self.relay = relay
    multi = nil
    state = .failed(error)
  }

  deinit { close() }

  package var isConnecting: Bool { state == .connecting }

  func isOver(_ isHandle: (CurlHandle) -> Bool) -> Bool { curl.map(isHandle) ?? false }

  /// Takes libcurl's word for how connecting has ended.
  func finishConnecting(_ code: CURLcode) {
    guard let curl, isConnecting else { return }
    do throws(SMTPConnectionError) {
      guard code == CURLE_OK else { throw curl.error(code, of: relay) }
      try curl.requireAuthentication(of: relay)
      socket = curl.socket
      state = .open
    } catch {
      close()
      state = .failed(error)
    }
  }

  var pollEntry: pollfd {
    let events = isWaitingToWrite ? POLLIN | POLLOUT : POLLIN
    return pollfd(fd: socket, events: Int16(events), revents: 0)
  }

  func noteReadiness(_ isReady: Bool) {
    self.isReady = isReady
    if isReady { isDrained = false }
  }

  /// Hands bytes over.
  ///
  /// - Returns: how many were taken: 0 when it would block. The next call must then begin with the
  ///   same bytes.
  package func send(_ bytes: Span<UInt8>) throws(SMTPConnectionError) -> Int {
    guard let curl else { throw lost("closed") }
    switch curl.send(bytes, isEncrypted: isEncrypted) {
    case .moved(let count):
      isWaitingToWrite = count < bytes.count && !isEncrypted
      return count
    case .wouldBlock:
      isWaitingToWrite = true
      return 0
    case .failed(let code): throw lost(curl.words(for: code))
    }
  }

  /// Takes what has arrived.
  ///
  /// Read until there is ``Received/nothing`` before waiting: bytes may lie inside OpenSSL, where
  /// no wait sees them.
  package func receive(into buffer: inout [UInt8]) throws(SMTPConnectionError) -> Received {
    guard let curl else { throw lost("closed") }
    guard !isDrained else { return .nothing }
    switch curl.receive(into: &buffer) {
    case .moved(let count):
      isDrained = count < buffer.count && !isEncrypted
      return count == 0 ? .end : .bytes(count)
    case .wouldBlock: return .nothing
    case .failed(let code): throw lost(curl.words(for: code))
    }
  }

  /// Closes the connection at once; QUIT is the dialogue's.
  package func close() {
    if let curl { multi?.remove(curl) }
    curl = nil
    socket = -1
    state = .closed
  }

  private var isEncrypted: Bool { relay.security != .none }

  private func lost(_ detail: String) -> SMTPConnectionError {
    SMTPConnectionError(kind: .lost, server: relay.server, detail: detail)
  }
}
