/// The subject of a message that asks to be taken off the list: `unsubscribe`, and who is to leave.
///
/// With a token it counts whoever sends it, from whatever address.
package enum LeaveSubject {
  private static let word = "unsubscribe"

  /// The subject for a subscriber's token; one word, so that nothing in a URL has to be escaped.
  package static func text(token: String?) -> String {
    token.map { "\(word)-\($0)" } ?? word
  }

  /// Whether a subject asks to leave without saying who.
  package static func isPlain(_ subject: String) -> Bool {
    subject.lowercased() == word
  }

  /// The tokens in a subject, or in a field that holds it; they are still to be verified.
  package static func tokens(in text: String) -> [String] {
    let bytes = Array(text.lowercased().utf8)
    let prefix = Array("\(word)-".utf8)
    return bytes.indices.compactMap { start in
      guard bytes[start...].starts(with: prefix) else { return nil }
      let token = bytes[(start + prefix.count)...].prefix(while: isBase32)
      return token.isEmpty ? nil : String(decoding: token, as: UTF8.self)
    }
  }
}

private func isBase32(_ byte: UInt8) -> Bool {
  (97...122).contains(byte) || (50...55).contains(byte)
}
