/// Removes what browsers overlook: controls and spaces around, TAB and line ends within.
func cleaned(_ text: String) -> [UInt8] {
  var bytes = text.utf8.filter { $0 != 0x09 && $0 != 0x0a && $0 != 0x0d }[...]
  bytes = bytes.drop { $0 <= 0x20 }
  while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
  return Array(bytes)
}

/// An address cut into its five parts, each percent-encoded where it must be.
struct AddressParts {
  var scheme: String?
  var authority: String?
  var path = ""
  var query: String?
  var fragment: String?

  init(_ bytes: [UInt8]) {
    var rest = bytes[...]
    scheme = AddressParts.takeScheme(from: &rest)
    if let hash = rest.firstIndex(of: UInt8(ascii: "#")) {
      fragment = percentEncoded(rest[(hash + 1)...])
      rest = rest[..<hash]
    }
    if let mark = rest.firstIndex(of: UInt8(ascii: "?")) {
      query = percentEncoded(rest[(mark + 1)...])
      rest = rest[..<mark]
    }
    readHierarchy(rest)
  }

  private static func takeScheme(from rest: inout ArraySlice<UInt8>) -> String? {
    guard let colon = rest.firstIndex(of: UInt8(ascii: ":")), let first = rest.first,
      isASCIILetter(first), rest[..<colon].allSatisfy(isSchemeByte)
    else { return nil }
    defer { rest = rest[(colon + 1)...] }
    return String(decoding: rest[..<colon].map(lowercased), as: UTF8.self)
  }

  private mutating func readHierarchy(_ rest: ArraySlice<UInt8>) {
    let isWeb = scheme.map(WebAddress.fetched.contains) ?? true
    let rest = isWeb ? rest.map { $0 == UInt8(ascii: "\\") ? UInt8(ascii: "/") : $0 } : Array(rest)
    guard rest.starts(with: [UInt8(ascii: "/"), UInt8(ascii: "/")]) else {
      path = percentEncoded(rest[...])
      return
    }
    let afterSlashes = isWeb ? rest.drop { $0 == UInt8(ascii: "/") } : rest.dropFirst(2)
    let end = afterSlashes.firstIndex(of: UInt8(ascii: "/")) ?? afterSlashes.endIndex
    authority = String(decoding: afterSlashes[..<end], as: UTF8.self)
    path = percentEncoded(afterSlashes[end...])
  }
}

private func isSchemeByte(_ byte: UInt8) -> Bool {
  isASCIILetter(byte) || isASCIIDigit(byte) || "+-.".utf8.contains(byte)
}
