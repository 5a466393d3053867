internal import CCurl
internal import Glibc
package import Model

/// Connections to one mail server, which a thread waits for all together.
///
/// Nothing but ``wait(for:milliseconds:)`` waits: names are looked up, TLS is negotiated and
/// passwords are shown while other connections work.
package final class SMTPNetwork {
  private let relay: Relay
  private let authorities: String?
  private let multi = CurlMulti()
  private let wakeUp = WakeUp()
  private var connecting: [SMTPConnection] = []

  /// - Parameter authorities: a PEM file with the certificates to trust, instead of the system's.
  package init(relay: Relay, trusting authorities: String? = nil) {
    self.relay = relay
    self.authorities = authorities
  }

  /// Ends the current wait, or the next one; called from any thread.
  package var wake: @Sendable () -> Void {
    { [wakeUp] in wakeUp.raise() }
  }

  /// Begins to connect, which takes 30 s at most: name, TCP, greeting, TLS and authentication.
  package func connect() -> SMTPConnection {
    do throws(SMTPConnectionError) {
      let curl = CurlHandle()
      curl.connect(to: try relay.url(), relay)
      if let authorities { curl.set(CURLOPT_CAINFO, authorities) }
      multi.add(curl)
      let connection = SMTPConnection(connecting: curl, in: multi, to: relay)
      connecting.append(connection)
      return connection
    } catch {
      return SMTPConnection(failed: error, to: relay)
    }
  }

  /// Waits until something can be done, or time is up, or a signal arrives.
  ///
  /// - Parameters:
  ///   - connections: those that are open and waited for; ``SMTPConnection/isReady`` says of each
  ///     whether anything can be read, or written where it waits to write.
  ///   - milliseconds: at most so long.
  package func wait(for connections: [SMTPConnection], milliseconds: Int32) {
    var entries = [pollfd(fd: wakeUp.readable, events: Int16(POLLIN), revents: 0)]
    entries.reserveCapacity(connections.count + 1)
    for connection in connections { entries.append(connection.pollEntry) }
    if connecting.isEmpty {
      unsafe _ = poll(&entries, nfds_t(entries.count), milliseconds)
    } else {
      multi.poll(&entries, milliseconds: milliseconds)
      advance()
    }
    if entries[0].revents != 0 { wakeUp.clear() }
    for (connection, entry) in zip(connections, entries.dropFirst()) {
      connection.noteReadiness(entry.revents != 0)
    }
  }

  /// Takes the connections that are being made a step further.
  private func advance() {
    multi.perform { isHandle, code in
      connecting.first { $0.isOver(isHandle) }?.finishConnecting(code)
    }
    connecting.removeAll { !$0.isConnecting }
  }
}
