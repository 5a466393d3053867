package import Model

/// The client's side of SMTP (RFC 5321), without input or output.
///
/// Its owner does what ``action`` says, and tells what came of it: ``sent(_:)``, ``receive(_:)``,
/// ``sign(with:)`` or ``lose(_:)``. One message is in hand at a time, each command waits for its reply, and a
/// refusal leaves the connection fit for the next message.
package struct SMTPDialogue: Sendable {
  package enum Action: Equatable, Sendable {
    /// Hand these bytes over, or as many as go. `endsMessage`: with them the server may take the
    /// message.
    case send(ArraySlice<UInt8>, endsMessage: Bool, timeout: Interval)
    /// Bring what the server says.
    case receive(timeout: Interval)
    /// The server waits for the message: bring its signatures.
    case sign
    /// The message in hand is done with.
    case end(DeliveryOutcome)
    /// There is no message in hand.
    case rest
    /// The connection is of no more use.
    case close
  }

  /// What is being said, or was said last.
  package enum Step: Equatable, Sendable {
    case ehlo, helo, reset, mail, recipient, data, message, dot, quit
  }

  let ehloName: String
  let timeouts: SMTPTimeouts

  /// What the server can do; known once the first message has begun.
  package internal(set) var capabilities: SMTPCapabilities?
  /// Where the dialogue is, or where the message in hand ended.
  package internal(set) var step: Step = .ehlo
  /// Why the connection is of no more use.
  package internal(set) var closure: String?

  var parser = SMTPReplyParser()
  var output: ArraySlice<UInt8> = []
  var isWaiting = false
  var outcome: DeliveryOutcome?
  var envelope: Envelope?
  var message: MessageData?
  /// Whether the signatures of the message in hand are still to come.
  var isUnsigned = false
  /// Whether the server still has the sender of a message that was given up.
  var needsReset = false

  package init(ehloName: String, timeouts: SMTPTimeouts = .standard) {
    self.ehloName = ehloName
    self.timeouts = timeouts
  }

  package var isClosed: Bool { closure != nil }

  /// Whether the server has all that it needs to take the message, and has not answered.
  package var isUncertain: Bool { step == .dot && isWaiting && output.isEmpty }

  package var action: Action {
    if let outcome { return .end(outcome) }
    if isClosed { return .close }
    if !output.isEmpty {
      return .send(output.prefix(32 << 10), endsMessage: step == .dot, timeout: sendTimeout)
    }
    if step == .message, isUnsigned { return .sign }
    return isWaiting ? .receive(timeout: replyTimeout) : .rest
  }

  private var sendTimeout: Interval {
    step == .message || step == .dot ? timeouts.dataBlock : timeouts.command
  }

  private var replyTimeout: Interval {
    switch step {
    case .data: timeouts.dataInitiation
    case .dot: timeouts.dataTermination
    case .quit: timeouts.quit
    default: timeouts.command
    }
  }

  /// Takes a message in hand; the last one must have ended.
  ///
  /// - Parameter signatureLength: the length of the signatures that ``Action/sign`` will ask for.
  package mutating func begin(
    _ envelope: Envelope,
    message: [UInt8],
    signatureLength: Int = 0
  ) {
    precondition(self.envelope == nil || outcome != nil, "a message is in hand")
    outcome = nil
    self.envelope = envelope
    isUnsigned = signatureLength > 0
    guard let data = MessageData(message, signatureLength: signatureLength) else {
      return end(.rejected(.local(554, "5.6.0 the message has a line end that is not CR LF")))
    }
    self.message = data
    if isClosed {
      end(.untouched)
    } else if capabilities == nil {
      say(.ehlo, "EHLO \(ehloName)")
    } else if needsReset {
      say(.reset, "RSET")
    } else {
      openTransaction()
    }
  }

  /// Says good-bye; the connection is done with when ``action`` is ``Action/close``.
  package mutating func quit() {
    outcome = nil
    envelope = nil
    if !isClosed { say(.quit, "QUIT") }
  }

  /// Puts the signatures before the message.
  package mutating func sign(with signatures: [UInt8]) {
    precondition(action == .sign, "no signature is wanted")
    isUnsigned = false
    output = (signatures + (message?.bytes ?? []))[...]
  }

  /// Says how many of the bytes to send were handed over.
  package mutating func sent(_ count: Int) {
    output = output.dropFirst(count)
    if output.isEmpty, step == .message {
      step = .dot
      output = [46, 13, 10]
      isWaiting = true
    }
  }

  /// Says that the connection is gone or of no use, and why.
  package mutating func lose(_ reason: String) {
    let wasUncertain = isUncertain
    close(reason)
    guard envelope != nil, outcome == nil else { return }
    end(
      wasUncertain
        ? .uncertain("no reply to the end of the message: \(reason)")
        : .untouched
    )
  }

  mutating func say(_ step: Step, _ line: String) {
    self.step = step
    output = ArraySlice(line.utf8) + [13, 10]
    isWaiting = true
  }

  mutating func end(_ outcome: DeliveryOutcome) {
    self.outcome = outcome
    isWaiting = false
    output = []
    message = nil
  }

  mutating func close(_ reason: String) {
    if closure == nil { closure = reason }
    isWaiting = false
    output = []
  }
}

extension SMTPReply {
  /// What feedgen says itself where no server was asked.
  static func local(_ code: Int, _ text: String) -> SMTPReply {
    SMTPReply(code: code, text: text + " (feedgen)")
  }
}
