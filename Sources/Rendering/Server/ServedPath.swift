/// Where a folder is served: the path of its address, as a web server sees it.
package struct ServedPath: Sendable {
  let host: String
  /// Decoded, ending in a slash.
  package let path: String

  /// - Parameter url: an absolute address that ends in a slash.
  package init(of url: String) {
    let parts = url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
    host = parts.count > 2 ? String(parts[2]) : ""
    path = "/" + (parts.count > 3 ? percentDecoded(parts[3]) : "")
  }

  /// A regular expression for the path, in a place where nothing but the path can stand: a
  /// character that means something in one is any character.
  var pattern: String {
    let bytes = path.utf8.map { isPlain($0) ? $0 : UInt8(ascii: ".") }
    return String(decoding: bytes, as: UTF8.self)
  }
}

private func isPlain(_ byte: UInt8) -> Bool {
  switch byte {
  case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x80...: true
  default: "/-_~".utf8.contains(byte)
  }
}

/// The text with its escapes decoded, but for those of control characters.
private func percentDecoded(_ text: Substring) -> String {
  var bytes: [UInt8] = []
  var rest = text.utf8
  while let byte = rest.popFirst() {
    let digits = String(Substring(rest.prefix(2)))
    if byte == UInt8(ascii: "%"), digits.utf8.count == 2, let value = UInt8(digits, radix: 16),
      value >= 0x20, value != 0x7f
    {
      bytes.append(value)
      rest = rest.dropFirst(2)
    } else {
      bytes.append(byte)
    }
  }
  return String(decoding: bytes, as: UTF8.self)
}
