extension String {
  /// The text as HTML takes it in content and in quoted attributes.
  ///
  /// Byte by byte, because a quotation mark with a combining accent behind it is another
  /// `Character`, and yet ends an attribute.
  var htmlEscaped: String {
    guard utf8.contains(where: { entity($0) != nil }) else { return self }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(utf8.count + 32)
    for byte in utf8 {
      if let entity = entity(byte) {
        bytes.append(contentsOf: entity.utf8)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The text without control characters and noncharacters, which no document may have.
  ///
  /// U+0001 to U+0003 mark personal slots here, so nothing from outside can make one.
  var cleaned: String {
    guard unicodeScalars.contains(where: isRefused) else { return self }
    return String(UnicodeScalarView(unicodeScalars.filter { !isRefused($0) }))
  }

  /// The text as an address of the web; nil for what a program should not follow.
  var webAddress: String? {
    let url = cleaned
    guard url.hasPrefix("https://") || url.hasPrefix("http://"),
      !url.utf8.contains(where: { $0 <= 0x20 })
    else { return nil }
    return url
  }
}

private func entity(_ byte: UInt8) -> String? {
  switch byte {
  case UInt8(ascii: "&"): "&amp;"
  case UInt8(ascii: "<"): "&lt;"
  case UInt8(ascii: ">"): "&gt;"
  case UInt8(ascii: "\""): "&quot;"
  case UInt8(ascii: "'"): "&#39;"
  default: nil
  }
}

private func isRefused(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x09, 0x0a, 0x0d: false
  case 0..<0x20, 0x7f..<0xa0, 0xfdd0...0xfdef: true
  default: scalar.value & 0xfffe == 0xfffe
  }
}
