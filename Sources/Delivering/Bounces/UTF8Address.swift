/// Addresses outside ASCII in a report that is ASCII: `\x{e9}` for é (RFC 6533 §3).
enum UTF8Address {
  static func decoded(_ text: String) -> String {
    let pieces = text.split(separator: "\\x{", omittingEmptySubsequences: false)
    guard pieces.count > 1 else { return text }
    return pieces.dropFirst().reduce(into: String(pieces[0])) { output, piece in
      let digits = piece.prefix { $0 != "}" }
      if let value = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(value) {
        output.unicodeScalars.append(scalar)
        output += piece.dropFirst(digits.count + 1)
      } else {
        output += "\\x{" + piece
      }
    }
  }
}
