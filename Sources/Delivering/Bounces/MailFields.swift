/// The fields of a header, or of a report that is written like one (RFC 5322 §2.2, RFC 3464 §2.1.1).
struct MailFields {
  private static let most = 500

  /// In order; names in lower case, values unfolded.
  private(set) var all: [(name: String, value: String)] = []

  /// The first field of a name, which is given in lower case.
  subscript(name: String) -> String? {
    all.first { $0.name == name }?.value
  }

  /// The fields of a name, in order.
  func values(_ name: String) -> [String] {
    all.filter { $0.name == name }.map(\.value)
  }

  /// Reads fields up to an empty line, which is left out, or to the end.
  static func read(_ bytes: ArraySlice<UInt8>) -> (fields: MailFields, rest: ArraySlice<UInt8>) {
    var fields = MailFields()
    var rest = bytes
    while let (line, next) = rest.firstLine {
      if line.isEmpty { return (fields, next) }
      fields.add(line)
      rest = next
    }
    return (fields, rest)
  }

  private mutating func add(_ line: ArraySlice<UInt8>) {
    let text = { (bytes: ArraySlice<UInt8>) in String(decoding: bytes, as: UTF8.self).trimmed }
    if line.first == 32 || line.first == 9 {
      guard let last = all.indices.last, all[last].value.utf8.count < 65_536 else { return }
      all[last].value += " " + text(line)
    } else if all.count < Self.most, let colon = line.firstIndex(of: UInt8(ascii: ":")) {
      all.append((text(line[..<colon]).lowercased(), text(line[(colon + 1)...])))
    }
  }
}

extension ArraySlice<UInt8> {
  fileprivate var firstLine: (line: ArraySlice<UInt8>, rest: ArraySlice<UInt8>)? {
    guard !isEmpty else { return nil }
    let end = firstIndex(of: 10) ?? endIndex
    let line = self[startIndex..<end]
    return (line.last == 13 ? line.dropLast() : line, self[end...].dropFirst())
  }
}

extension StringProtocol {
  /// Without white space of ASCII at its ends.
  var trimmed: String {
    let isSpace: (UInt8) -> Bool = { $0 == 32 || (9...13).contains($0) }
    var bytes = Array(utf8)[...]
    while let last = bytes.last, isSpace(last) { bytes.removeLast() }
    return String(decoding: bytes.drop(while: isSpace), as: UTF8.self)
  }
}
