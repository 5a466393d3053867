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

extension [UInt8] {
  /// Reads what ``base32`` writes, in any case; nil where it is anything else.
  package init?(base32 text: some StringProtocol) {
    var buffer: UInt = 0
    var bits = 0
    self = []
    for digit in text.utf8 {
      guard let value = base32Value(digit) else { return nil }
      buffer = (buffer << 5 | value) & 0xfff
      bits += 5
      guard bits >= 8 else { continue }
      bits -= 8
      append(UInt8(truncatingIfNeeded: buffer >> UInt(bits)))
    }
    // One text for one value: no digit too many, and nothing in the bits that are left.
    guard bits < 5, buffer & (1 << UInt(bits) - 1) == 0 else { return nil }
  }
}

private func base32Value(_ digit: UInt8) -> UInt? {
  switch digit {
  case 97...122: UInt(digit - 97)
  case 65...90: UInt(digit - 65)
  case 50...55: UInt(digit - 50 + 26)
  default: nil
  }
}

extension [UInt8] {
  /// Base 64 of RFC 4648 §4, padded.
  package var base64: String {
    var output: [UInt8] = []
    output.reserveCapacity((count + 2) / 3 * 4)
    for start in stride(from: 0, to: count, by: 3) {
      let group = self[start..<Swift.min(start + 3, count)]
      let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      for place in 0..<4 {
        let digit = base64Alphabet[bits >> (18 - 6 * place) & 63]
        output.append(place <= group.count ? digit : UInt8(ascii: "="))
      }
    }
    return String(decoding: output, as: UTF8.self)
  }

  /// Reads base 64 of RFC 4648 §4; nil where it is anything else.
  package init?(base64 text: some StringProtocol) {
    let digits = text.utf8.prefix { $0 != UInt8(ascii: "=") }
    let padding = text.utf8.count - digits.count
    guard text.utf8.count.isMultiple(of: 4), padding <= 2,
      text.utf8.suffix(padding).allSatisfy({ $0 == UInt8(ascii: "=") })
    else { return nil }
    var buffer = 0
    var bits = 0
    self = []
    for digit in digits {
      guard let value = base64Alphabet.firstIndex(of: digit) else { return nil }
      buffer = (buffer << 6 | value) & 0xffff
      bits += 6
      guard bits >= 8 else { continue }
      bits -= 8
      append(UInt8(truncatingIfNeeded: buffer >> bits))
    }
  }
}

extension [UInt8] {
  /// Base 64 of RFC 4648 §5, without padding: it can stand in an address of the web.
  package var base64URL: String {
    let text = base64.utf8.filter { $0 != UInt8(ascii: "=") }.map { digit in
      switch digit {
      case UInt8(ascii: "+"): UInt8(ascii: "-")
      case UInt8(ascii: "/"): UInt8(ascii: "_")
      default: digit
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Reads base 64 of RFC 4648 §5; nil where it is anything else, or the last digit has bits that
  /// mean nothing, so that each list of bytes has one text.
  package init?(base64URL text: some StringProtocol) {
    var digits: [UInt8] = []
    for digit in text.utf8 {
      switch digit {
      case UInt8(ascii: "-"): digits.append(UInt8(ascii: "+"))
      case UInt8(ascii: "_"): digits.append(UInt8(ascii: "/"))
      case UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "="): return nil
      default: digits.append(digit)
      }
    }
    digits += [UInt8](repeating: UInt8(ascii: "="), count: (4 - digits.count % 4) % 4)
    self.init(base64: String(decoding: digits, as: UTF8.self))
    guard base64URL == text else { return nil }
  }
}

private let base64Alphabet = Array<UInt8>(
  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
)
