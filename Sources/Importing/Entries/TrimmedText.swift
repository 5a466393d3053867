extension Substring {
  /// The text without the white space of XML and HTML at its ends, looked for byte by byte: texts
  /// may be long.
  var trimmingSpaces: Substring {
    guard let first = utf8.firstIndex(where: { !isSpace($0) }),
      let last = utf8.lastIndex(where: { !isSpace($0) })
    else { return self[endIndex...] }
    return self[first..<utf8.index(after: last)]
  }
}

extension String {
  /// The text without the white space of XML and HTML at its ends.
  var trimmingSpaces: String {
    guard let first = utf8.first, let last = utf8.last, isSpace(first) || isSpace(last)
    else { return self }
    return String(self[...].trimmingSpaces)
  }
}

extension ArraySlice<UInt8> {
  /// The bytes without white space at their ends.
  var trimmingSpaces: ArraySlice<UInt8> {
    guard let first = firstIndex(where: { !isSpace($0) }),
      let last = lastIndex(where: { !isSpace($0) })
    else { return self[endIndex...] }
    return self[first...last]
  }
}

/// White space as HTML has it.
func isSpace(_ byte: UInt8) -> Bool {
  switch byte {
  case 0x20, 0x09, 0x0a, 0x0c, 0x0d: true
  default: false
  }
}
