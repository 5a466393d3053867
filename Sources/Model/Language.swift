/// A language tag, as BCP 47 writes it: `fr`, `pt-BR`.
package struct Language: Hashable, Sendable, CustomStringConvertible {
  package let tag: String

  /// Takes a well-formed tag (letters and digits in subtags of at most eight); nil for any other.
  package init?(_ tag: String) {
    let subtags = tag.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard let primary = subtags.first, (2...8).contains(primary.count),
      primary.allSatisfy(isLetter),
      subtags.allSatisfy({ (1...8).contains($0.count) && $0.allSatisfy(isLetterOrDigit) })
    else { return nil }
    self.tag = tag
  }

  private init(wellFormed tag: String) { self.tag = tag }

  package static let french = Language(wellFormed: "fr")
  package static let english = Language(wellFormed: "en")

  package var description: String { tag }

  /// The language without region and script: `pt` of `pt-BR`.
  package var primary: String { tag.split(separator: "-").first?.lowercased() ?? tag }
}

private func isLetter(_ byte: UInt8) -> Bool { (97...122).contains(byte | 0x20) }
private func isLetterOrDigit(_ byte: UInt8) -> Bool {
  isLetter(byte) || (48...57).contains(byte)
}
