package import Model
import Transfer

/// Hands messages to a mail server, one after the other over as few connections as it allows.
package struct SMTPMailer: Transport {
  /// After so many connections in a row that came to nothing, the server is left alone.
  static let mostFailures = 3

  private let relay: Relay
  private let authorities: String?
  private let timeouts: SMTPTimeouts
  private let messagesPerConnection: Int
  private let shouldStop: () -> Bool
  private var session: SMTPSession?
  private var failures: [String] = []

  /// - Parameters:
  ///   - authorities: a PEM file with the certificates to trust, instead of the system's.
  ///   - messagesPerConnection: some relays close after a number of their own.
  ///   - shouldStop: asked while waiting; see ``SMTPSession``.
  package init(
    relay: Relay,
    trusting authorities: String? = nil,
    timeouts: SMTPTimeouts = .standard,
    messagesPerConnection: Int = 50,
    shouldStop: @escaping () -> Bool = { false }
  ) {
    self.relay = relay
    self.authorities = authorities
    self.timeouts = timeouts
    self.messagesPerConnection = messagesPerConnection
    self.shouldStop = shouldStop
  }

  package mutating func send(
    _ envelope: Envelope,
    message: OutgoingMessage
  ) throws(RelayError) -> DeliveryOutcome {
    if failures.count >= Self.mostFailures {
      throw .unsteady(server: relay.server, reason: failures.last ?? "")
    }
    let wasUsed = session != nil
    var outcome = try sendOnce(envelope, message)
    // A used connection may have come to its end by itself: that says nothing about the message.
    if wasUsed, session == nil, outcome.isUntaken, !shouldStop() {
      outcome = try sendOnce(envelope, message)
    }
    return outcome == .untouched && !shouldStop() ? lostOutcome : outcome
  }

  package mutating func finish() {
    session?.finish()
    session = nil
  }

  /// Sends over the open connection or a new one, and drops it where it is of no more use.
  private mutating func sendOnce(
    _ envelope: Envelope,
    _ message: OutgoingMessage
  ) throws(RelayError) -> DeliveryOutcome {
    let session = try openSession()
    let outcome = session.send(envelope, message: message)
    count(outcome, of: session)
    if session.dialogue.isClosed {
      self.session = nil
    } else if session.messageCount >= messagesPerConnection {
      finish()
    }
    try checkStanding(outcome, at: session.dialogue.step, envelope)
    return outcome
  }

  private mutating func openSession() throws(RelayError) -> SMTPSession {
    if let session { return session }
    do throws(SMTPConnectionError) {
      let session = SMTPSession(
        over: try SMTPConnection(to: relay, trusting: authorities),
        ehloName: relay.ehloName,
        timeouts: timeouts,
        shouldStop: shouldStop
      )
      self.session = session
      return session
    } catch {
      throw .connection(error)
    }
  }

  /// Keeps count of messages in a row that failed for the server's sake.
  private mutating func count(_ outcome: DeliveryOutcome, of session: SMTPSession) {
    switch outcome {
    case .deferred(let reply) where session.dialogue.isClosed || session.dialogue.step == .mail:
      failures.append("\(reply)")
    case .untouched, .uncertain: failures.append(session.dialogue.closure ?? "")
    default: failures = []
    }
  }

  /// Tells refusals that are about us from those that are about a message or its recipient.
  private func checkStanding(
    _ outcome: DeliveryOutcome,
    at step: SMTPDialogue.Step,
    _ envelope: Envelope
  ) throws(RelayError) {
    guard case .rejected(let reply) = outcome else { return }
    if [530, 534, 535, 538].contains(reply.code) {
      throw .authenticationRequired(server: relay.server, reply)
    }
    if step == .mail, !reply.isAboutMessage {
      throw .senderRefused(server: relay.server, sender: envelope.sender, reply)
    }
  }

  /// A connection that is lost counts as a 451 (RFC 5321 §3.8), so that a message which makes the
  /// server fail does not stand in the way of the others.
  private var lostOutcome: DeliveryOutcome {
    .deferred(.local(451, "4.4.2 the connection was lost: \(failures.last ?? "")"))
  }
}

extension DeliveryOutcome {
  /// Whether the server has certainly not taken the message, and not refused it either.
  fileprivate var isUntaken: Bool {
    switch self {
    case .untouched: true
    case .deferred(let reply): reply.code == 421
    default: false
    }
  }
}

extension SMTPReply {
  /// Whether a refusal of MAIL is about the message's size or content, not its sender.
  fileprivate var isAboutMessage: Bool {
    code == 552 || enhancedCode.map { $0.hasPrefix("5.6.") || $0.hasPrefix("5.3.4") } ?? false
  }
}
