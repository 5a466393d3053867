/// Takes transfer encodings off (RFC 2045 §6); what is none of theirs is skipped or kept as it is.
enum TransferEncoding {
  static func fromBase64(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    var output: [UInt8] = []
    var buffer = 0
    var bits = 0
    for byte in bytes {
      guard let value = base64Value(byte) else { continue }
      buffer = (buffer << 6 | value) & 0xffff
      bits += 6
      guard bits >= 8 else { continue }
      bits -= 8
      output.append(UInt8(truncatingIfNeeded: buffer >> bits))
    }
    return output
  }

  static func fromQuotedPrintable(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var output: [UInt8] = []
    var rest = bytes
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "=") else {
        output.append(byte)
        continue
      }
      let pair = rest.prefix(2)
      if pair.first == 10 {
        rest = rest.dropFirst()
      } else if pair.elementsEqual([13, 10]) {
        rest = rest.dropFirst(2)
      } else if let value = hexadecimalValue(pair) {
        output.append(value)
        rest = rest.dropFirst(2)
      } else {
        output.append(byte)
      }
    }
    return output
  }
}

private func base64Value(_ byte: UInt8) -> Int? {
  switch byte {
  case 65...90: Int(byte) - 65
  case 97...122: Int(byte) - 97 + 26
  case 48...57: Int(byte) - 48 + 52
  case UInt8(ascii: "+"): 62
  case UInt8(ascii: "/"): 63
  default: nil
  }
}

private func hexadecimalValue(_ pair: ArraySlice<UInt8>) -> UInt8? {
  guard pair.count == 2 else { return nil }
  return UInt8(String(decoding: pair, as: UTF8.self), radix: 16)
}
