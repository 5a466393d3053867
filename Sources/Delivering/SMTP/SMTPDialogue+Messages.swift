import Model

extension SMTPDialogue {
  /// Takes a message in hand; ``wantsMessage`` must be true.
  package mutating func give(_ message: PreparedMessage) {
    precondition(wantsMessage, "a message is in hand")
    let transaction = Transaction(message: message)
    if let refusal = capabilities.flatMap({ refusal(of: message, by: $0) }) {
      results.append(Result(message: message, outcome: .rejected(refusal), step: nil))
      return
    }
    messageCount += 1
    transactions.append(transaction)
    let pipelines = capabilities?.pipelines ?? false
    if needsReset { say("RSET", .reset) }
    guard pipelines || !needsReset else { return }
    sayMail(message)
    guard pipelines else { return }
    sayRecipient(message)
    say("DATA", .data)
  }

  mutating func sayMail(_ message: PreparedMessage) {
    guard let capabilities else { return }
    var command = "MAIL FROM:<\(message.envelope.sender)>"
    if capabilities.takesSize { command += " SIZE=\(message.data.size)" }
    if message.data.is8Bit, capabilities.takes8BitMIME { command += " BODY=8BITMIME" }
    if message.needsUTF8 { command += " SMTPUTF8" }
    say(command, .mail)
  }

  mutating func sayRecipient(_ message: PreparedMessage) {
    say("RCPT TO:<\(message.envelope.recipient)>", .recipient)
  }

  /// Sends the content of the message in hand, up to and with the dot.
  mutating func openMessage() {
    transactions[0].isOpen = true
    // Its buffer goes over as it is: it is needed here no more, and has room for what follows.
    let data = transactions[0].message.data.takeBytes()
    bytes = output.isEmpty ? data : bytes + data
    messageEnd = bytes.count
    expected.insert(.dot, at: expected.startIndex)
  }

  private func refusal(
    of message: PreparedMessage,
    by capabilities: SMTPCapabilities
  ) -> SMTPReply? {
    let data = message.data
    if message.needsUTF8, !capabilities.takesUTF8 {
      return .local(553, "5.6.7 the relay takes no address outside ASCII")
    }
    if data.is8Bit, !capabilities.takes8BitMIME, !message.needsUTF8 {
      return .local(554, "5.6.3 the relay takes no 8-bit message")
    }
    if let longest = capabilities.longestMessage, data.size > longest {
      return .local(552, "5.3.4 the message has \(data.size) bytes, the relay takes \(longest)")
    }
    return nil
  }
}
