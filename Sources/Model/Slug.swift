/// A name in an address: lower-case ASCII letters and digits, in words joined by hyphens.
package struct Slug: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let text: String

  package static let longest = 80

  /// Takes a text that is a slug already; nil for any other.
  package init?(_ text: String) {
    var previous = UInt8(ascii: "-")
    for byte in text.utf8 {
      guard isSlugByte(byte) || (byte == UInt8(ascii: "-") && byte != previous) else { return nil }
      previous = byte
    }
    guard previous != UInt8(ascii: "-"), text.utf8.count <= Slug.longest else { return nil }
    self.text = text
  }

  package var description: String { text }

  package static func < (left: Slug, right: Slug) -> Bool {
    left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
  }

  /// The slug with a number behind it, for a name that is taken: `congo-2`.
  package func numbered(_ number: Int) -> Slug {
    let suffix = "-\(number)"
    let kept = text.prefix(Slug.longest - suffix.count)
    return Slug(kept.hasSuffix("-") ? kept.dropLast() + suffix : kept + suffix) ?? self
  }
}

private func isSlugByte(_ byte: UInt8) -> Bool {
  (97...122).contains(byte) || (48...57).contains(byte)
}
