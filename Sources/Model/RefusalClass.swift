/// What a refused message says about its recipient, about it, or about us (RFC 3463).
package enum RefusalClass: String, CaseIterable, Sendable {
  /// Nobody is there, and never will be: the address gets nothing any more.
  case dead
  /// The mailbox takes nothing more; it may be emptied.
  case full
  /// The server does not want our mail, whoever it is for.
  case policy
  /// The server does not want this message.
  case content
  /// Not now.
  case transient
  /// For good, and the server does not say why.
  case unclear

  /// - Parameters:
  ///   - enhanced: `5.1.1`, where the server gave one.
  ///   - basic: the reply code of SMTP, of which only the class is read; other servers, other
  ///     meanings.
  package init(enhanced: String?, basic: Int?) {
    self =
      enhanced.flatMap(Self.init(enhanced:))
      ?? (basic.map { $0 / 100 } == 4 ? .transient : .unclear)
  }

  /// Whether it counts towards the end of an address that refuses issue after issue.
  package var wearsOut: Bool { self == .full || self == .unclear }

  private init?(enhanced: String) {
    let fields = enhanced.split(separator: ".").map(String.init)
    guard fields.count == 3 else { return nil }
    let (kind, subject, detail) = (fields[0], fields[1], fields[1] + "." + fields[2])
    switch (kind, detail) {
    case ("4", "2.2"), ("5", "2.2"): self = .full
    case ("4", _): self = subject == "7" ? .policy : .transient
    case ("5", "1.1"), ("5", "1.2"), ("5", "1.3"), ("5", "1.6"), ("5", "1.10"), ("5", "2.1"),
      ("5", "4.4"):
      self = .dead
    // 5.1.7 and 5.1.8 are about the sender's address, 5.2.3 and 5.3.4 about the message's size.
    case ("5", "1.7"), ("5", "1.8"): self = .policy
    case ("5", "2.3"), ("5", "3.4"): self = .content
    case ("5", _): self = Self.permanent(subject)
    default: return nil
    }
  }

  private static func permanent(_ subject: String) -> RefusalClass {
    switch subject {
    case "5", "6": .content
    case "7": .policy
    default: .unclear
    }
  }
}

/// That a message was refused, and in which words.
package struct Refusal: Equatable, Sendable {
  package var kind: RefusalClass
  /// `5.1.1`, or `550` where there is no more.
  package var code: String
  /// What the server said; without addresses, because it outlives the subscriber.
  package var text: String

  private static let longestText = 300

  package init(enhanced: String?, basic: Int?, text: String) {
    kind = RefusalClass(enhanced: enhanced, basic: basic)
    code = enhanced ?? basic.map { "\($0)" } ?? "-"
    self.text =
      String(text.prefix(4 * Self.longestText)).hidingAddresses
      .prefix(Self.longestText).description
  }

  /// The refusal that a reply is.
  package init(_ reply: SMTPReply) {
    self.init(enhanced: reply.enhancedCode, basic: reply.code, text: reply.description)
  }
}

extension String {
  /// The text with `…` in the place of what looks like an address.
  fileprivate var hidingAddresses: String {
    var output = ""
    var word = ""
    for scalar in unicodeScalars {
      if "<>()[]\"',;: \t\r\n".unicodeScalars.contains(scalar) {
        output += word.hiddenAddress
        output.unicodeScalars.append(scalar)
        word = ""
      } else {
        word.unicodeScalars.append(scalar)
      }
    }
    return output + word.hiddenAddress
  }

  private var hiddenAddress: String { utf8.contains(UInt8(ascii: "@")) ? "…" : self }
}
