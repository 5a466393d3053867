package import Cryptography
package import Model

/// Signs messages for a domain, so that it answers for them (RFC 6376).
package struct DKIMSigner: Sendable {
  /// The fields that are signed where a message has them: those that readers, clients and one-click
  /// unsubscription (RFC 8058 §4) go by, and none that relays add or change.
  static let signedNames = [
    "From", "Subject", "Date", "To", "Reply-To", "Message-ID", "MIME-Version", "Content-Type",
    "Content-Transfer-Encoding", "List-Id", "List-Unsubscribe", "List-Unsubscribe-Post",
    "List-Help", "List-Owner", "List-Archive", "List-Post", "Auto-Submitted", "Feedback-ID",
  ]
  /// Signed once more than they occur, so that nobody can add a second one (RFC 6376 §8.15).
  static let oversignedNames: Set = ["From", "Subject"]

  package let domain: String
  package let selector: String
  package let key: SigningKey

  package init(domain: String, selector: String, key: SigningKey) {
    self.domain = domain
    self.selector = selector
    self.key = key
  }

  /// The record to publish.
  package var record: DKIMRecord {
    DKIMRecord(domain: domain, selector: selector, key: key.publicKey)
  }

  /// The DKIM-Signature field that goes before a message; the same for the same date.
  package func signature(of message: [UInt8], date: Instant) -> [UInt8] {
    signature(of: MessageFields(message), date: date)
  }

  func signature(of message: MessageFields, date: Instant) -> [UInt8] {
    let names = signedNames(of: message)
    let bodyHash = message.bodyHash(.relaxed)
    let draft = draft(names: names, bodyHash: bodyHash, date: date)
    let digest = headerHash(message.selected(by: names), draft: draft, .relaxed)
    return signed(draft, with: key.sign(digest: digest))
  }

  /// The length of the field, known before it is made.
  func signatureLength(of message: MessageFields, date: Instant) -> Int {
    let noHash = [UInt8](repeating: 0, count: 32)
    let draft = draft(names: signedNames(of: message), bodyHash: noHash, date: date)
    return signed(draft, with: Array(repeating: 0, count: key.signatureLength)).count
  }

  private func signedNames(of message: MessageFields) -> [String] {
    let counts = Dictionary(message.fields.map { ($0.name, 1) }, uniquingKeysWith: +)
    return DKIMSigner.signedNames.flatMap { name in
      let more = DKIMSigner.oversignedNames.contains(name) ? 1 : 0
      return repeatElement(name, count: counts[name.lowercased(), default: 0] + more)
    }
  }

  /// The field up to the signature itself.
  private func draft(names: [String], bodyHash: [UInt8], date: Instant) -> [UInt8] {
    let lines =
      [
        "DKIM-Signature: v=1; a=\(key.algorithm)-sha256; c=relaxed/relaxed;",
        "d=\(domain);", "s=\(selector); t=\(date.seconds);",
      ] + lines(of: names) + ["bh=\(bodyHash.base64);", "b="]
    return Array(lines.joined(separator: "\r\n ").utf8)
  }

  /// The h= tag, folded behind colons.
  private func lines(of names: [String]) -> [String] {
    var lines = ["h="]
    for (index, name) in names.enumerated() {
      let word = name + (index == names.count - 1 ? ";" : ":")
      if lines[lines.count - 1].utf8.count + word.utf8.count > 76 { lines.append("") }
      lines[lines.count - 1] += word
    }
    return lines
  }

  private func signed(_ draft: [UInt8], with signature: [UInt8]) -> [UInt8] {
    let text = Array(signature.base64.utf8)
    let lines = stride(from: 0, to: text.count, by: 72).map { text[$0...].prefix(72) }
    return draft + lines.joined(separator: Array("\r\n ".utf8)) + [13, 10]
  }
}

/// What is signed: the selected fields, and the signature's own without the signature.
func headerHash(
  _ fields: [MessageFields.Field],
  draft: [UInt8],
  _ form: Canonicalization
) -> [UInt8] {
  var text: [UInt8] = []
  for field in fields { text += form.field(field.bytes) + [13, 10] }
  text += form.field(draft[...])
  return SHA256.hash(text)
}

extension [DKIMSigner] {
  /// The fields that all of them put before a message.
  package func signatures(of message: [UInt8], date: Instant) -> [UInt8] {
    guard !isEmpty else { return [] }
    let fields = MessageFields(message)
    return flatMap { $0.signature(of: fields, date: date) }
  }

  /// A message with their signatures.
  package func signed(_ message: [UInt8], date: Instant) -> [UInt8] {
    signatures(of: message, date: date) + message
  }
}
