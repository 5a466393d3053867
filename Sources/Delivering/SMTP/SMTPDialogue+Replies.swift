import Model

extension SMTPDialogue {
  /// Takes what the server says.
  package mutating func receive(_ bytes: Span<UInt8>) {
    parser.append(bytes)
    do throws(SMTPReplyParser.Garbage) {
      while !isClosed, let reply = try parser.next() { take(reply) }
    } catch {
      lose("it does not speak SMTP: \(error.detail)")
    }
  }

  private mutating func take(_ lines: SMTPReplyLines) {
    let reply = lines.reply
    if reply.code == 421 { return hangUp(reply) }
    // A reply that nothing asked for would be taken for the next command's.
    guard outcome == nil, isWaiting && output.isEmpty || step == .message || step == .dot
    else { return lose("a reply that nobody asked for: \(reply)") }
    switch reply.code / 100 {
    case 2: succeed(lines)
    case 3: step == .data ? openMessage() : lose("not a reply to \(step): \(reply)")
    default: refuse(reply)
    }
  }

  /// The server closes: the message in hand was not taken, and another connection may serve.
  private mutating func hangUp(_ reply: SMTPReply) {
    close("\(reply)")
    if envelope != nil, outcome == nil { end(.deferred(reply)) }
  }

  private mutating func succeed(_ lines: SMTPReplyLines) {
    switch step {
    case .ehlo: greet(SMTPCapabilities(ehloLines: lines.lines))
    case .helo: greet(SMTPCapabilities())
    case .reset:
      needsReset = false
      openTransaction()
    case .mail: say(.recipient, "RCPT TO:<\(envelope?.recipient.description ?? "")>")
    case .recipient: say(.data, "DATA")
    case .dot where output.isEmpty: end(.accepted(lines.reply))
    case .data, .message, .dot: lose("not a reply to \(step): \(lines.reply)")
    case .quit: close("QUIT")
    }
  }

  private mutating func greet(_ capabilities: SMTPCapabilities) {
    self.capabilities = capabilities
    openTransaction()
  }

  private mutating func openMessage() {
    step = .message
    isWaiting = false
    guard !isUnsigned else { return }
    output = (message?.bytes ?? [])[...]
    sent(0)
  }

  private mutating func refuse(_ reply: SMTPReply) {
    switch step {
    case .ehlo where !reply.isTransient: say(.helo, "HELO \(ehloName)")
    case .ehlo, .helo, .reset, .quit: lose("\(reply)")
    default:
      // What remains of the message would be taken for commands.
      if step == .message || !output.isEmpty { close("\(reply)") }
      needsReset = step == .recipient || step == .data
      end(reply.isTransient ? .deferred(reply) : .rejected(reply))
    }
  }
}

extension SMTPDialogue {
  /// Names the sender, unless the message is one that this server cannot take.
  mutating func openTransaction() {
    guard let envelope, let message, let capabilities else { return }
    let needsUTF8 =
      message.hasUTF8Header || envelope.recipient.needsSMTPUTF8 || envelope.sender.needsSMTPUTF8
    if let refusal = refusal(of: message, needsUTF8: needsUTF8, by: capabilities) {
      return end(.rejected(refusal))
    }
    var command = "MAIL FROM:<\(envelope.sender)>"
    if capabilities.takesSize { command += " SIZE=\(message.size)" }
    if message.is8Bit, capabilities.takes8BitMIME { command += " BODY=8BITMIME" }
    if needsUTF8 { command += " SMTPUTF8" }
    say(.mail, command)
  }

  private func refusal(
    of message: MessageData,
    needsUTF8: Bool,
    by capabilities: SMTPCapabilities
  ) -> SMTPReply? {
    if needsUTF8, !capabilities.takesUTF8 {
      return .local(553, "5.6.7 the relay takes no address outside ASCII")
    }
    if message.is8Bit, !capabilities.takes8BitMIME, !needsUTF8 {
      return .local(554, "5.6.3 the relay takes no 8-bit message")
    }
    if let longest = capabilities.longestMessage, message.size > longest {
      return .local(552, "5.3.4 the message has \(message.size) bytes, the relay takes \(longest)")
    }
    return nil
  }
}
