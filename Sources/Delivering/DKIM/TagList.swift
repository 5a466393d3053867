/// A list of `tag=value;` (RFC 6376 §3.2), as signatures and records have.
struct TagList {
  /// Without white space, which has a meaning in none of the values that are read here.
  private var values: [String: String] = [:]
  /// Where each value stands, with the white space around it.
  private(set) var places: [String: Range<Int>] = [:]

  /// Nil where it is malformed, or has a tag twice.
  init?(_ bytes: ArraySlice<UInt8>) {
    for tag in bytes.split(separator: UInt8(ascii: ";")) {
      guard let equals = tag.firstIndex(of: UInt8(ascii: "=")) else {
        if tag.isBlank { continue }
        return nil
      }
      let name = tag[..<equals].withoutWhiteSpace
      guard values.updateValue(tag[equals...].dropFirst().withoutWhiteSpace, forKey: name) == nil
      else { return nil }
      places[name] = equals + 1..<tag.endIndex
    }
  }

  subscript(tag: String) -> String? { values[tag] }
}

extension ArraySlice<UInt8> {
  fileprivate var isBlank: Bool { allSatisfy { $0 <= 0x20 } }

  fileprivate var withoutWhiteSpace: String {
    String(decoding: filter { $0 > 0x20 }, as: UTF8.self)
  }
}
