import Model

extension Enclosure {
  /// An enclosure of which only the address is known: its ending tells the type.
  init(guessing url: String) {
    self.init(url: url, type: mediaType(of: url) ?? "application/octet-stream")
  }
}

/// The text in lower case, where it is a type and a subtype (RFC 6838 §4.2).
func mediaType(_ text: String) -> String? {
  let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
  guard parts.count == 2, parts.allSatisfy({ (1...127).contains($0.count) }),
    parts.allSatisfy({ $0.allSatisfy(isMediaTypeByte) })
  else { return nil }
  return text.lowercased()
}

private func isMediaTypeByte(_ byte: UInt8) -> Bool {
  (48...57).contains(byte) || (97...122).contains(byte | 0x20) || "!#$&-^_.+".utf8.contains(byte)
}
