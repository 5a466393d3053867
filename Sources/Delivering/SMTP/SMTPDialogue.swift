package import Model

/// The client's side of SMTP (RFC 5321), without input or output.
///
/// Its owner hands over ``output``, brings what the server says to ``receive(_:)``, gives it a
/// message when ``wantsMessage``, and takes what became of each from ``takeResults()``. Where the
/// server offers PIPELINING (RFC 2920), a message's end and the next one's envelope go out
/// together: one round trip a message. Where it does not, each command waits for its reply. A
/// refusal leaves the connection fit for the next message.
package struct SMTPDialogue: Sendable {
  /// What a reply is awaited to.
  package enum Step: Equatable, Sendable {
    case ehlo, helo, reset, mail, recipient, data, dot
    /// The end of a message that has nobody to go to (RFC 2920 §3.1).
    case emptyDot
    case quit
  }

  /// What became of a message.
  package struct Result: Sendable {
    package var message: PreparedMessage
    package var outcome: DeliveryOutcome
    /// To what the reply was that decided it; nil where the server was not asked.
    package var step: Step?
  }

  /// A message in hand.
  struct Transaction: Sendable {
    var message: PreparedMessage
    var refusal: (reply: SMTPReply, step: Step)?
    /// Whether its content is on its way.
    var isOpen = false
  }

  let ehloName: String
  let timeouts: SMTPTimeouts
  let mostMessages: Int

  /// What the server can do; nil until it has said so.
  package internal(set) var capabilities: SMTPCapabilities?
  /// Why the connection is of no more use.
  package internal(set) var closure: String?
  /// Rises with each whole reply and with bytes that were handed over.
  package internal(set) var progress = 0

  var parser = SMTPReplyParser()
  /// What is to be handed over, from `sentCount` on.
  var bytes: [UInt8] = []
  var sentCount = 0
  /// Where in `bytes` a message ends.
  var messageEnd: Int?
  /// What the next replies answer, the next first.
  var expected: ArraySlice<Step> = []
  /// The message that the next replies are about, and, once its content is on its way, the next.
  var transactions: [Transaction] = []
  var results: [Result] = []
  var messageCount = 0
  /// Whether the server still has the sender of a message that was refused.
  var needsReset = false
  var isQuitting = false

  /// - Parameter mostMessages: some relays close after a number of their own.
  package init(ehloName: String, timeouts: SMTPTimeouts = .standard, mostMessages: Int = 100) {
    self.ehloName = ehloName
    self.timeouts = timeouts
    self.mostMessages = mostMessages
    say("EHLO \(ehloName)", .ehlo)
  }

  package var isClosed: Bool { closure != nil }

  /// Whether no message is in hand and nothing is awaited.
  package var isIdle: Bool { transactions.isEmpty && expected.isEmpty && output.isEmpty }

  /// Whether it has had its share of messages.
  package var isWornOut: Bool { messageCount >= mostMessages }

  /// Whether a message can be given now.
  package var wantsMessage: Bool {
    guard let capabilities, !isClosed, !isQuitting, !isWornOut else { return false }
    guard let last = transactions.last else { return expected.isEmpty }
    return capabilities.pipelines && transactions.count == 1 && last.isOpen
  }

  /// What is to be handed over, as much as goes.
  package var output: ArraySlice<UInt8> { bytes[sentCount...] }

  /// The message of which the end is still to be handed over.
  package var endingMessage: PreparedMessage? {
    guard let messageEnd, sentCount < messageEnd else { return nil }
    return transactions.first?.message
  }

  /// Whether the server has a whole message, and has not answered.
  package var isUncertain: Bool {
    expected.first == .dot && (messageEnd.map { sentCount >= $0 } ?? true)
  }

  /// How long to wait for the next reply, or for the socket to take bytes.
  package var timeout: Interval {
    if !output.isEmpty { return messageEnd == nil ? timeouts.command : timeouts.dataBlock }
    return switch expected.first {
    case .data: timeouts.dataInitiation
    case .dot: timeouts.dataTermination
    case .quit: timeouts.quit
    default: timeouts.command
    }
  }

  /// What has become of messages since it was asked last.
  package mutating func takeResults() -> [Result] {
    defer { results = [] }
    return results
  }

  /// Says how many of the bytes of ``output`` were handed over.
  package mutating func sent(_ count: Int) {
    guard count > 0 else { return }
    sentCount += count
    progress += 1
    guard sentCount == bytes.count else { return }
    (bytes, sentCount, messageEnd) = ([], 0, nil)
  }

  /// Says good-bye behind what is on its way.
  package mutating func quit() {
    guard !isClosed, !isQuitting else { return }
    isQuitting = true
    say("QUIT", .quit)
  }

  /// Says that the connection is gone or of no use, and why.
  ///
  /// A message of which the end had been handed over is uncertain; another in hand is untouched.
  package mutating func lose(_ reason: String) {
    guard !isClosed else { return }
    if isUncertain { end(.uncertain("no reply to the end of the message: \(reason)"), .dot) }
    close(reason)
  }

  mutating func close(_ reason: String) {
    let step = expected.first ?? .mail
    while let transaction = transactions.first {
      let refusal = transaction.refusal
      end(refusal?.reply.refusal ?? .untouched, refusal?.step ?? step)
    }
    closure = reason
    expected = []
    (bytes, sentCount, messageEnd) = ([], 0, nil)
  }

  /// Ends the oldest message in hand.
  mutating func end(_ outcome: DeliveryOutcome, _ step: Step) {
    let transaction = transactions.removeFirst()
    results.append(Result(message: transaction.message, outcome: outcome, step: step))
  }

  mutating func say(_ line: String, _ step: Step) {
    bytes.append(contentsOf: line.utf8)
    bytes.append(13)
    bytes.append(10)
    expected.append(step)
  }
}

extension SMTPReply {
  /// What a reply of 4yz or 5yz makes of a message.
  var refusal: DeliveryOutcome { isTransient ? .deferred(self) : .rejected(self) }

  /// What feedgen says itself where no server was asked.
  static func local(_ code: Int, _ text: String) -> SMTPReply {
    SMTPReply(code: code, text: text + " (feedgen)")
  }
}
