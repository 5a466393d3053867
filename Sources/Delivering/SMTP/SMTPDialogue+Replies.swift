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
    progress += 1
    if lines.code == 421 { return hangUp(lines.reply) }
    // A reply that nothing asked for would be taken for the next command's.
    guard let step = expected.first, step == .dot || sentCount > 0 || output.isEmpty
    else { return lose("a reply that nobody asked for: \(lines.reply)") }
    guard step != .dot || isUncertain else { return takeEarly(lines.reply) }
    guard lines.code / 100 != 3 || step == .data, lines.code >= 200
    else { return lose("not a reply to \(step): \(lines.reply)") }
    expected.removeFirst()
    switch lines.code / 100 {
    case 2: succeed(lines, step)
    case 3: startMessage()
    default: refuse(lines.reply, step)
    }
  }

  /// The server closes: it has not taken the message in hand, and another connection may serve.
  private mutating func hangUp(_ reply: SMTPReply) {
    let step = expected.first ?? .mail
    if !transactions.isEmpty { end(.deferred(reply), step) }
    close("\(reply)")
  }

  /// A reply while the message is on its way: what remains of it would be taken for commands.
  private mutating func takeEarly(_ reply: SMTPReply) {
    if reply.code / 100 == 4 || reply.code / 100 == 5 {
      end(reply.refusal, .dot)
      close("\(reply)")
    } else {
      lose("not a reply to a message: \(reply)")
    }
  }

  private mutating func succeed(_ lines: SMTPReplyLines, _ step: Step) {
    switch step {
    case .ehlo: capabilities = SMTPCapabilities(ehloLines: lines.lines)
    case .helo: capabilities = SMTPCapabilities()
    case .reset:
      needsReset = false
      if isLockStep, let message = transactions.first?.message { sayMail(message) }
    case .mail: if isLockStep, let message = transactions.first?.message { sayRecipient(message) }
    case .recipient: if isLockStep { say("DATA", .data) }
    case .data: lose("not a reply to DATA: \(lines.reply)")
    case .dot: end(.accepted(lines.reply), .dot)
    case .emptyDot: endRefused()
    case .quit: close("QUIT")
    }
  }

  private var isLockStep: Bool { !(capabilities?.pipelines ?? false) }

  /// The server waits for the message; where it has refused its recipient, for the end of nothing.
  private mutating func startMessage() {
    guard let transaction = transactions.first
    else { return lose("it waits for a message that nobody announced") }
    if transaction.refusal == nil {
      openMessage()
    } else {
      say(".", .emptyDot)
    }
  }

  private mutating func refuse(_ reply: SMTPReply, _ step: Step) {
    switch step {
    case .ehlo where !reply.isTransient: say("HELO \(ehloName)", .helo)
    case .ehlo, .helo, .reset, .quit: lose("\(reply)")
    case .dot: end(reply.refusal, .dot)
    case .mail, .recipient, .data, .emptyDot:
      if transactions.first?.refusal == nil, !transactions.isEmpty {
        transactions[0].refusal = (reply, step)
      }
      if step == .data || step == .emptyDot || isLockStep { endRefused() }
    }
  }

  /// Ends a message that was refused before its content was sent.
  private mutating func endRefused() {
    guard let (reply, step) = transactions.first?.refusal else { return }
    needsReset = step != .mail
    end(reply.refusal, step)
  }
}
