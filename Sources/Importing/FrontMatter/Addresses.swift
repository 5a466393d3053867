import Markup

/// The text, where it is an absolute URI in ASCII (RFC 3986 §4.3, fragments allowed).
func absoluteURI(_ text: String) -> String? {
  let bytes = Array(text.utf8)
  guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon > 0, colon + 1 < bytes.count,
    isLetter(bytes[0]), bytes[..<colon].allSatisfy(isSchemeByte), bytes.count <= 2000,
    bytes.allSatisfy(isURIByte)
  else { return nil }
  return text
}

/// The text as an absolute address with http or https, nil where it is none.
///
/// What a browser would encode is encoded: spaces, letters beyond ASCII, quotation marks. Names of
/// hosts are left as they are, and must be ASCII; a user's name and password are refused.
func webAddress(_ text: String) -> String? {
  let bytes = Array(text.utf8)
  guard let scheme = schemeOfWebAddress(bytes) else { return nil }
  let rest = bytes.dropFirst(scheme.utf8.count)
  let hostEnd = rest.firstIndex(where: isEndOfHost) ?? rest.endIndex
  let host = rest[..<hostEnd]
  guard host.first.map(isLetterOrDigit) == true, host.allSatisfy(isHostByte), bytes.count <= 4000,
    !bytes.contains(where: { $0 < 0x20 })
  else { return nil }
  let address = scheme + String(decoding: host, as: UTF8.self) + percentEncoded(rest[hostEnd...])
  // A port may be none.
  return isWebAddress(address) ? address : nil
}

private func schemeOfWebAddress(_ bytes: [UInt8]) -> String? {
  let lower = bytes.prefix(8).map { isLetter($0) ? $0 | 0x20 : $0 }
  return ["https://", "http://"].first { lower.starts(with: $0.utf8) }
}

private func isEndOfHost(_ byte: UInt8) -> Bool {
  byte == UInt8(ascii: "/") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#")
}

private func percentEncoded(_ bytes: ArraySlice<UInt8>) -> String {
  let digits = Array("0123456789ABCDEF".utf8)
  var output: [UInt8] = []
  for byte in bytes {
    if isURIByte(byte) {
      output.append(byte)
    } else {
      output += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
  }
  return String(decoding: output, as: UTF8.self)
}

private func isLetter(_ byte: UInt8) -> Bool { (97...122).contains(byte | 0x20) }

private func isLetterOrDigit(_ byte: UInt8) -> Bool {
  isLetter(byte) || (48...57).contains(byte)
}

private func isSchemeByte(_ byte: UInt8) -> Bool {
  isLetterOrDigit(byte) || "+-.".utf8.contains(byte)
}

private func isHostByte(_ byte: UInt8) -> Bool {
  isLetterOrDigit(byte) || ".-:".utf8.contains(byte)
}

private func isURIByte(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\\"),
    UInt8(ascii: "^"), UInt8(ascii: "`"), UInt8(ascii: "{"), UInt8(ascii: "|"), UInt8(ascii: "}"):
    false
  default: (0x21...0x7e).contains(byte)
  }
}
