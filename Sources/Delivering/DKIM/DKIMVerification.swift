import Cryptography

/// What came of verifying one signature of a message (RFC 6376 §6.1).
package struct DKIMVerification: Equatable, Sendable {
  package enum Verdict: Equatable, Sendable {
    case pass
    /// The field is malformed, or asks for what feedgen neither signs with nor verifies.
    case unusable(String)
    /// There is no key for it, or one of another kind or too short.
    case noKey
    case bodyChanged
    /// A signed field was changed, or somebody else has signed.
    case headerChanged
  }

  package let domain: String
  package let selector: String
  package let verdict: Verdict

  /// Verifies each signature of a message with the public halves of our own keys.
  package static func verify(
    _ message: [UInt8],
    signedBy signers: [DKIMSigner]
  ) -> [DKIMVerification] {
    let records = signers.map(\.record)
    return verify(message) { name in records.first { $0.name == name }?.value }
  }

  /// Verifies each signature of a message, from the top.
  ///
  /// - Parameter record: the text published under a name: `2026a._domainkey.news.example.org`.
  package static func verify(
    _ message: [UInt8],
    record: (String) -> String?
  ) -> [DKIMVerification] {
    let fields = MessageFields(message)
    return fields.fields.filter { $0.name == "dkim-signature" }.map { field in
      guard let signature = DKIMSignature(field) else {
        return DKIMVerification(domain: "", selector: "", verdict: .unusable("malformed"))
      }
      let name = "\(signature.selector)._domainkey.\(signature.domain)"
      return DKIMVerification(
        domain: signature.domain,
        selector: signature.selector,
        verdict: signature.verdict(on: fields, key: record(name).flatMap(DKIMRecord.key))
      )
    }
  }
}

/// A signature as it stands in a message.
private struct DKIMSignature {
  let domain: String
  let selector: String
  private let tags: TagList
  private let field: ArraySlice<UInt8>

  /// Nil where what every signature has is missing (RFC 6376 §6.1.1).
  init?(_ field: MessageFields.Field) {
    let colon = field.bytes.firstIndex(of: UInt8(ascii: ":")) ?? field.bytes.endIndex
    guard let tags = TagList(field.bytes[colon...].dropFirst()), tags["v"] == "1",
      let domain = tags["d"], let selector = tags["s"], tags["bh"] != nil, tags["b"] != nil
    else { return nil }
    (self.domain, self.selector, self.tags, self.field) = (domain, selector, tags, field.bytes)
  }

  func verdict(on message: MessageFields, key: PublicKey?) -> DKIMVerification.Verdict {
    guard let algorithm else { return .unusable("a=\(tags["a"] ?? "")") }
    guard let (header, body) = forms else { return .unusable("c=\(tags["c"] ?? "")") }
    // What is behind the first l= bytes could be anybody's (RFC 6376 §8.2).
    guard tags["l"] == nil else { return .unusable("l=") }
    guard names.contains(where: { $0.lowercased() == "from" }) else { return .unusable("h=") }
    guard let key, key.algorithm == algorithm,
      algorithm == .ed25519 || key.bits >= SigningKey.rsaBits.lowerBound
    else { return .noKey }
    guard message.bodyHash(body).base64 == tags["bh"] else { return .bodyChanged }
    let digest = headerHash(message.selected(by: names), draft: draft, header)
    let signature = [UInt8](base64: tags["b"] ?? "") ?? []
    return key.verifies(signature, digest: digest) ? .pass : .headerChanged
  }

  private var algorithm: SignatureAlgorithm? {
    SignatureAlgorithm.allCases.first { "\($0)-sha256" == tags["a"] }
  }

  private var names: [String] { tags["h"]?.split(separator: ":").map(String.init) ?? [] }

  /// The forms of header and body.
  private var forms: (Canonicalization, Canonicalization)? {
    let words = (tags["c"] ?? "simple/simple").split(separator: "/").map(String.init)
    guard let header = Canonicalization(rawValue: words.first ?? ""), words.count <= 2,
      let body = Canonicalization(rawValue: words.count == 2 ? words[1] : "simple")
    else { return nil }
    return (header, body)
  }

  /// The field without the value of b= (RFC 6376 §3.7).
  private var draft: [UInt8] {
    guard let place = tags.places["b"] else { return Array(field) }
    return Array(field[..<place.lowerBound] + field[place.upperBound...])
  }
}
