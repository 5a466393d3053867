/// A way to write text in bytes that the web uses, by the name that the Encoding Standard gives it.
///
/// Only these: iconv knows a thousand more, some with flaws that bytes of strangers reach.
package struct Charset: Hashable, Sendable, CustomStringConvertible {
  package let name: String

  /// Finds a charset by any of its labels; nil where the web knows none such.
  ///
  /// As browsers have it, `iso-8859-1`, `latin1` and `us-ascii` are windows-1252.
  package init?(label: some StringProtocol) {
    let bytes = Array(label.utf8.prefix(64)).split(whereSeparator: isHTMLSpace)
    guard bytes.count == 1, let label = bytes.first?.map(lowercased) else { return nil }
    guard let name = Charset.names[String(decoding: label, as: UTF8.self)] else { return nil }
    self.name = name
  }

  private init(_ name: String) {
    self.name = name
  }

  package static let utf8 = Charset("utf-8")
  package static let utf16LittleEndian = Charset("utf-16le")
  package static let utf16BigEndian = Charset("utf-16be")
  static let koi8U = Charset("koi8-u")
  static let windows1251 = Charset("windows-1251")
  package static let windows1252 = Charset("windows-1252")

  package var description: String { name }

  /// Whether each byte is a character, so that nearly all bytes can be read as it.
  var isOfSingleBytes: Bool { !CharsetLabels.ofSeveralBytes.contains(name) }

  var isUTF16: Bool { self == .utf16LittleEndian || self == .utf16BigEndian }

  /// What iconv calls it.
  var iconvName: String { CharsetLabels.iconvNames[name] ?? name }

  private static let names: [String: String] = Dictionary(
    uniqueKeysWithValues: CharsetLabels.byName.flatMap { name, labels in
      labels.split(separator: " ").map { (String($0), name) }
    }
  )
}
