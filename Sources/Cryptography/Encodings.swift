extension [UInt8] {
  /// Two lower-case hexadecimal digits a byte.
  package var hexadecimal: String {
    let digits = Array<UInt8>("0123456789abcdef".utf8)
    return String(
      decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] },
      as: UTF8.self
    )
  }

  /// Base 32 of RFC 4648 §6, in lower case and without padding: safe where case is folded.
  package var base32: String {
    let alphabet = Array<UInt8>("abcdefghijklmnopqrstuvwxyz234567".utf8)
    var output: [UInt8] = []
    var buffer: UInt = 0
    var bits = 0
    for byte in self {
      buffer = (buffer << 8 | UInt(byte)) & 0xfff
      bits += 8
      while bits >= 5 {
        bits -= 5
        output.append(alphabet[Int(buffer >> UInt(bits) & 31)])
      }
    }
    if bits > 0 { output.append(alphabet[Int(buffer << UInt(5 - bits) & 31)]) }
    return String(decoding: output, as: UTF8.self)
  }
}
