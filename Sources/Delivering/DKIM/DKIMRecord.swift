package import Cryptography

/// What a domain publishes in the DNS, so that everybody can verify its signatures
/// (RFC 6376 §3.6).
package struct DKIMRecord: Equatable, Sendable {
  /// Where it is published: `2026a._domainkey.news.example.org`.
  package let name: String
  /// What is published there: `v=DKIM1; k=rsa; p=…`.
  package let value: String

  package init(domain: String, selector: String, key: PublicKey) {
    name = "\(selector)._domainkey.\(domain)"
    value = "v=DKIM1; k=\(key.algorithm); p=\(key.bytes.base64)"
  }

  /// The record in the form of a zone file: a string of the DNS has 255 bytes at most.
  package var zoneLine: String {
    let text = Array(value.utf8)
    let strings = stride(from: 0, to: text.count, by: 255).map { start in
      "\"\(String(decoding: text[start...].prefix(255), as: UTF8.self))\""
    }
    return "\(name). IN TXT ( \(strings.joined(separator: " ")) )"
  }

  /// Reads the key of a record; nil where there is none that feedgen understands.
  package static func key(in value: String) -> PublicKey? {
    guard let tags = TagList(ArraySlice(value.utf8)), tags["v"] ?? "DKIM1" == "DKIM1",
      let algorithm = SignatureAlgorithm(rawValue: tags["k"] ?? "rsa"),
      let bytes = [UInt8](base64: tags["p"] ?? "")
    else { return nil }
    return PublicKey(algorithm, bytes: bytes)
  }
}
