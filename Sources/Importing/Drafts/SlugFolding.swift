internal import Foundation
package import Model

extension Slug {
  /// Folds any text into a slug; nil where no letter or digit of it has an ASCII form.
  ///
  /// The text is decomposed (NFKD) and loses its marks and case, without any locale: `İzmir` is
  /// `izmir` everywhere. What is longer than a slug may be is cut between two words. A name that
  /// files and folders of the output have, or that Windows reserves, gets `-1` behind it: `index`
  /// is `index-1`, whatever other articles there are.
  package init?(folding text: String) {
    var folded = FoldedName()
    let start = String(text.unicodeScalars.prefix(FoldedName.scalarsRead))
    let isPlain = start.utf8.allSatisfy { $0 < 0x80 }
    let decomposed = isPlain ? start : start.decomposedStringWithCompatibilityMapping
    for scalar in decomposed.unicodeScalars { folded.append(scalar) }
    let name = folded.cut(to: Slug.longest)
    self.init(reservedNames.contains(name) ? name + "-1" : name)
  }
}

/// The names of files and folders beside an article's, in the output and on any file system.
private let reservedNames: Set = [
  "archive", "articles", "atom", "digests", "feed", "feeds", "index", "rss", "well-known",
  "aux", "con", "nul", "prn",
  "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
  "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
]

private struct FoldedName {
  /// More than any name needs, so that a hostile one costs little.
  static let scalarsRead = 1000

  private var bytes: [UInt8] = []

  mutating func append(_ scalar: Unicode.Scalar) {
    if scalar.isASCII { return append(UInt8(scalar.value)) }
    for lower in scalar.properties.lowercaseMapping.unicodeScalars where !isMark(lower) {
      if let letters = foldedLetters(lower) {
        bytes.append(contentsOf: letters.utf8)
      } else {
        endWord()
      }
    }
  }

  private mutating func append(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      bytes.append(byte)
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): bytes.append(byte | 0x20)
    default: endWord()
    }
  }

  private mutating func endWord() {
    if let last = bytes.last, last != UInt8(ascii: "-") { bytes.append(UInt8(ascii: "-")) }
  }

  func cut(to longest: Int) -> String {
    var kept = bytes[...]
    if kept.count > longest {
      let wordEnd = kept[...longest].lastIndex(of: UInt8(ascii: "-"))
      kept = kept[..<(wordEnd ?? longest)]
    }
    if kept.last == UInt8(ascii: "-") { kept.removeLast() }
    return String(decoding: kept, as: UTF8.self)
  }
}

private func isMark(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.properties.generalCategory {
  case .nonspacingMark, .spacingMark, .enclosingMark: true
  default: false
  }
}

/// The ASCII letters or digits of a lower-case letter without marks; nil where it has none.
private func foldedLetters(_ scalar: Unicode.Scalar) -> String? {
  switch scalar {
  case "a"..."z", "0"..."9": String(scalar)
  case "ß": "ss"
  case "œ": "oe"
  case "æ": "ae"
  case "ø": "o"
  case "ł": "l"
  case "đ", "ð": "d"
  case "þ": "th"
  case "ı": "i"
  default: nil
  }
}
