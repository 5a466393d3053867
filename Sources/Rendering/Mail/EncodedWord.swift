/// Text of a header field outside ASCII, as encoded-words (RFC 2047 §2).
enum EncodedWord {
  /// The longest encoded-word (RFC 2047 §2).
  static let longest = 75
  /// What surrounds the encoded text: `=?utf-8?Q?` and `?=`.
  private static let frame = 12

  /// The text as encoded-words, in the encoding that is shorter; none splits a character.
  ///
  /// - Parameter firstWidth: the columns left for the first of them.
  static func words(_ text: String, firstWidth: Int) -> [String] {
    let bytes = Array(text.utf8)
    let quoted = bytes.reduce(0) { $0 + quotedWidth($1) }
    let usesQ = quoted <= (bytes.count + 2) / 3 * 4
    var words: [String] = []
    var start = 0
    while start < bytes.count {
      let width = min(longest, words.isEmpty ? firstWidth : longest) - frame
      let end = self.end(of: bytes, from: start, width: width, usesQ: usesQ)
      let encoded = usesQ ? q(bytes[start..<end]) : base64(bytes[start..<end])
      words.append("=?utf-8?\(usesQ ? "Q" : "B")?\(encoded)?=")
      start = end
    }
    return words
  }

  /// How far a word reaches: at least one character, and as many as fit.
  private static func end(of bytes: [UInt8], from start: Int, width: Int, usesQ: Bool) -> Int {
    var end = start
    var columns = 0
    while end < bytes.count {
      let next = min(end + characterLength(bytes[end]), bytes.count)
      columns += bytes[end..<next].reduce(0) { $0 + quotedWidth($1) }
      guard end == start || (usesQ ? columns : (next - start + 2) / 3 * 4) <= width else { break }
      end = next
    }
    return end
  }

  /// Letters, digits and `!*+-/`: what is safe in a phrase too (RFC 2047 §5, rule 3).
  private static func isRaw(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    case UInt8(ascii: "!"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "-"),
      UInt8(ascii: "/"):
      true
    default:
      false
    }
  }

  private static func quotedWidth(_ byte: UInt8) -> Int {
    isRaw(byte) || byte == 0x20 ? 1 : 3
  }

  private static func q(_ bytes: ArraySlice<UInt8>) -> String {
    var output: [UInt8] = []
    for byte in bytes {
      if byte == 0x20 {
        output.append(UInt8(ascii: "_"))
      } else if isRaw(byte) {
        output.append(byte)
      } else {
        output.appendEscaped(byte)
      }
    }
    return String(decoding: output, as: UTF8.self)
  }
}

/// Base 64 of RFC 4648 §4, with padding.
private func base64(_ bytes: ArraySlice<UInt8>) -> String {
  let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  var output: [UInt8] = []
  var position = bytes.startIndex
  while position < bytes.endIndex {
    let group = bytes[position..<min(position + 3, bytes.endIndex)]
    let bits = (0..<3).reduce(UInt32(0)) { bits, offset in
      bits << 8 | UInt32(offset < group.count ? group[group.startIndex + offset] : 0)
    }
    for digit in 0..<4 {
      let value = Int(bits >> UInt32(18 - 6 * digit) & 63)
      output.append(digit <= group.count ? alphabet[value] : UInt8(ascii: "="))
    }
    position = group.endIndex
  }
  return String(decoding: output, as: UTF8.self)
}
