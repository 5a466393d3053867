package import Model
package import Transfer

/// One connection to a mail server and the dialogue over it: the loop that waits.
///
/// A class, so that the connection has one owner.
package final class SMTPSession {
  package private(set) var dialogue: SMTPDialogue
  /// How many messages it was given.
  package private(set) var messageCount = 0

  private let connection: SMTPConnection
  private let shouldStop: () -> Bool
  private var buffer = [UInt8](repeating: 0, count: 4096)
  private var stopSeen: ContinuousClock.Instant?

  package init(
    over connection: SMTPConnection,
    ehloName: String,
    timeouts: SMTPTimeouts,
    shouldStop: @escaping () -> Bool
  ) {
    self.connection = connection
    self.shouldStop = shouldStop
    dialogue = SMTPDialogue(ehloName: ehloName, timeouts: timeouts)
  }

  package func send(_ envelope: Envelope, message: OutgoingMessage) -> DeliveryOutcome {
    // A server that has closed meanwhile, or speaks out of turn, is found before it can matter.
    receiveWhatIsThere()
    messageCount += 1
    dialogue.begin(
      envelope,
      message: message.unsigned,
      signatureLength: message.signatureLength
    )
    while true {
      if case .end(let outcome) = dialogue.action {
        if dialogue.isClosed { connection.close() }
        return outcome
      }
      if dialogue.action == .sign { dialogue.sign(with: message.signatures()) }
      step()
    }
  }

  /// Says QUIT and closes.
  package func finish() {
    dialogue.quit()
    while dialogue.action != .close { step() }
    connection.close()
  }

  private func step() {
    switch dialogue.action {
    case .send(let bytes, let endsMessage, let timeout):
      // An early refusal is better heard before the end of the message than after.
      if endsMessage { receiveWhatIsThere() }
      if case .send(bytes, endsMessage, timeout) = dialogue.action { send(bytes, timeout) }
    case .receive(let timeout): receive(timeout)
    case .sign, .end, .rest, .close: break
    }
  }

  private func send(_ bytes: ArraySlice<UInt8>, _ timeout: Interval) {
    let deadline = ContinuousClock.now + .seconds(timeout.seconds)
    attempt { () throws(SMTPConnectionError) in
      var count = try connection.send(bytes.span)
      while count == 0, wait(for: .writing, until: deadline) {
        receiveWhatIsThere()
        guard case .send = dialogue.action else { return }
        count = try connection.send(bytes.span)
      }
      dialogue.sent(count)
    }
  }

  /// Reads until the reply is whole; the time is the reply's, not each packet's.
  private func receive(_ timeout: Interval) {
    let deadline = ContinuousClock.now + .seconds(timeout.seconds)
    repeat { receiveWhatIsThere() } while isReceiving && wait(for: .reading, until: deadline)
  }

  private var isReceiving: Bool {
    if case .receive = dialogue.action { true } else { false }
  }

  private func receiveWhatIsThere() {
    attempt { () throws(SMTPConnectionError) in
      while !dialogue.isClosed {
        switch try connection.receive(into: &buffer) {
        case .bytes(let count): dialogue.receive(buffer.span.extracting(first: count))
        case .nothing: return
        case .end: return dialogue.lose("the server has closed the connection")
        }
      }
    }
  }

  private func attempt(_ body: () throws(SMTPConnectionError) -> Void) {
    do throws(SMTPConnectionError) { try body() } catch { dialogue.lose(error.detail) }
  }

  /// Waits in short steps, so that a signal which came between two of them is seen.
  ///
  /// - Returns: false when time is up, which ends the connection: a reply that comes later would be
  ///   taken for the next command's.
  private func wait(
    for readiness: SMTPConnection.Readiness,
    until deadline: ContinuousClock.Instant
  ) -> Bool {
    while true {
      let now = ContinuousClock.now
      if isStopped(now) { return giveUp("stopped") }
      guard now < deadline else { return giveUp("no answer in time") }
      let rest = (deadline - now).components
      let milliseconds = rest.seconds > 0 ? 1000 : rest.attoseconds / 1_000_000_000_000_000 + 1
      let wait = connection.wait(for: readiness, milliseconds: Int32(milliseconds))
      if wait == .ready { return true }
    }
  }

  /// Whether to stop now: at once, but 10 s later where the server has the whole message.
  private func isStopped(_ now: ContinuousClock.Instant) -> Bool {
    guard stopSeen != nil || shouldStop() else { return false }
    let seen = stopSeen ?? now
    stopSeen = seen
    return !dialogue.isUncertain || now >= seen + .seconds(10)
  }

  private func giveUp(_ reason: String) -> Bool {
    dialogue.lose(reason)
    return false
  }
}
