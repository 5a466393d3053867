/// A small picture inside an address (`data:image/png;base64,…`), or nil for any other text.
///
/// Never SVG, which can hold scripts, and at most 20 kB, which every article's feed carries.
func embeddedImage(_ value: String) -> String? {
  guard value.utf8.first(where: { !isHTMLSpace($0) }).map(lowercased) == UInt8(ascii: "d")
  else { return nil }
  let bytes = value.utf8.filter { !isHTMLSpace($0) }
  guard bytes.count <= 20_480, let comma = bytes.firstIndex(of: UInt8(ascii: ",")) else {
    return nil
  }
  let head = String(decoding: bytes[..<comma].map(lowercased), as: UTF8.self)
  let types = ["gif", "jpeg", "png", "webp"].map { "data:image/\($0);base64" }
  let data = bytes[(comma + 1)...]
  guard types.contains(head), !data.isEmpty, data.allSatisfy(isBase64) else { return nil }
  return "\(head),\(String(decoding: data, as: UTF8.self))"
}

/// Whether an address has its data within itself.
func isEmbedded(_ address: String) -> Bool {
  address.utf8.drop(while: isHTMLSpace).prefix(5).map(lowercased).elementsEqual("data:".utf8)
}

private func isBase64(_ byte: UInt8) -> Bool {
  isASCIILetter(byte) || isASCIIDigit(byte) || "+/=".utf8.contains(byte)
}
