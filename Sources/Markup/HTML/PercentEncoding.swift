/// Percent-encodes what RFC 3986 does not have, and percent signs that encode nothing.
func percentEncoded(_ bytes: ArraySlice<UInt8>) -> String {
  var output: [UInt8] = []
  for (index, byte) in zip(bytes.indices, bytes) {
    let isReference =
      byte == UInt8(ascii: "%") && index + 2 < bytes.endIndex
      && isHexadecimal(bytes[index + 1]) && isHexadecimal(bytes[index + 2])
    if isReference || isAddressByte(byte) {
      output.append(byte)
    } else {
      output.append(UInt8(ascii: "%"))
      output.append(contentsOf: [byte >> 4, byte & 15].map(hexadecimalDigit))
    }
  }
  return String(decoding: output, as: UTF8.self)
}

private func hexadecimalDigit(_ value: UInt8) -> UInt8 {
  value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
}

/// The characters of RFC 3986 that may stand in a path, a query or a fragment.
func isAddressByte(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "&")...UInt8(ascii: ";"), UInt8(ascii: "?")...UInt8(ascii: "Z"),
    UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "="), UInt8(ascii: "!"),
    UInt8(ascii: "$"), UInt8(ascii: "_"), UInt8(ascii: "~"):
    true
  default: false
  }
}
