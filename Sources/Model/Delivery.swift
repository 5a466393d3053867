/// What became of one message owed to one subscriber.
package enum DeliveryState: String, CaseIterable, Sendable {
  /// Waiting for its first try, or after a 4xx reply for the next.
  case pending
  /// Taken by a run, which may have handed it over.
  case claimed
  /// The relay took the message.
  case accepted
  /// The relay said "never" (a 5xx reply).
  case rejected
  /// Handed over, perhaps; the reply was lost.
  case uncertain
  /// Uncertain twice.
  case unknown
  /// Not handed over before it was too old.
  case expired
  case cancelled
  /// Written to the outbox.
  case previewed
}

/// A reply of a mail server (RFC 5321 §4.2), with its enhanced status code where it has one.
package struct SMTPReply: Equatable, Sendable, CustomStringConvertible {
  package var code: Int
  /// The lines' text, joined by spaces.
  package var text: String

  package init(code: Int, text: String) {
    self.code = code
    self.text = text
  }

  package var description: String { text.isEmpty ? "\(code)" : "\(code) \(text)" }

  package var isTransient: Bool { (400..<500).contains(code) }

  /// Whether a refusal means that this address gets no mail (RFC 3463 classes 5.1 and 5.2), rather
  /// than that this message, or we, are not wanted.
  package var isAboutAddress: Bool {
    guard let enhancedCode else { return [550, 551, 553].contains(code) }
    return enhancedCode.hasPrefix("5.1.") || enhancedCode.hasPrefix("5.2.")
  }

  /// `5.1.1` of `550 5.1.1 No such user` (RFC 3463), where its class is the reply's.
  package var enhancedCode: String? {
    let word = text.prefix { $0 != " " }
    let fields = word.split(separator: ".", omittingEmptySubsequences: false)
    guard fields.count == 3, fields.allSatisfy({ Int(digits: $0) != nil }),
      Int(digits: fields[0]) == code / 100
    else { return nil }
    return String(word)
  }
}

/// What one try of a delivery came to.
package enum DeliveryOutcome: Equatable, Sendable {
  /// The relay took it; its reply often holds the relay's queue id.
  case accepted(SMTPReply)
  /// Never for this recipient or message.
  case rejected(SMTPReply)
  /// Not now; to be tried again.
  case deferred(SMTPReply)
  /// The end of the message may have reached the relay, and its reply did not reach us.
  case uncertain(String)
  /// Written to the outbox, under this file name.
  case previewed(String)
  /// Nothing was handed over, for a reason that is not the message's: it waits as it was.
  case untouched
}
