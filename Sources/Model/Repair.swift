/// A kind of damage in what was read that is mended and told, not refused.
package enum Repair: String, CaseIterable, Sendable {
  /// Bytes that are no UTF-8.
  case encoding
  /// Control characters, which no feed may have.
  case control
  /// C1 controls, which are characters of windows-1252 that were taken for Latin-1.
  case windows1252
  /// The 66 characters that Unicode keeps for itself.
  case noncharacter
  /// Characters that cannot be seen, or turn a line's direction around, in a title or a name.
  case invisible
  /// References in HTML to characters that are none (`&#0;`).
  case reference
  /// Stray `&` and `<` in XML, and names of characters that only HTML knows.
  case markup
  /// Tags in a name.
  case tags
  /// A topic, an author or an enclosure that was named before.
  case repetition
  /// `updated` before `date`.
  case date
  /// A date in a page's head that cannot be read.
  case pageDate
  /// A picture inside the text (`data:`) that is too large, or of a kind that can hold scripts.
  case embeddedImage
  /// HTML or Markdown that would take too long to parse.
  case structure
  /// A text too long for a feed.
  case length
  /// A shortcode of WordPress that means nothing elsewhere.
  case shortcode

  /// What was done, in words that follow their number.
  fileprivate func phrase(_ count: Int) -> String {
    let isOne = count == 1
    let plural = isOne ? "" : "s"
    return switch self {
    case .encoding: "byte\(plural) that \(isOne ? "was" : "were") not UTF-8 mended or removed"
    case .control: "control character\(plural) removed"
    case .windows1252: "control character\(plural) read as windows-1252"
    case .noncharacter: "character\(plural) without meaning removed"
    case .invisible: "invisible character\(plural) removed from titles and names"
    case .reference: "reference\(plural) to no character removed"
    case .markup: "“&”, “<” or reference\(plural) of HTML in XML mended"
    case .tags: "name\(plural) with tags cleaned"
    case .repetition: "repetition\(plural) of a topic, an author or an enclosure dropped"
    case .date: "“updated” before “date”, taken as the same"
    case .pageDate: "date of the page not understood, and passed over"
    case .embeddedImage:
      "picture\(plural) inside the text left out: too large, or of a strange kind"
    case .structure: "text\(plural) kept as plain paragraphs, without structure"
    case .shortcode: "shortcode\(plural) of WordPress without a meaning here removed"
    case .length: "text\(plural) too long for a feed, which gets the summary and a link only"
    }
  }
}

/// How often each kind of damage was mended.
package struct Repairs: Equatable, Sendable {
  private(set) package var counts: [Repair: Int] = [:]
  /// Why a text could not be parsed.
  private var reason: String?

  package init() {}

  package var isEmpty: Bool { counts.isEmpty }
  package var total: Int { counts.values.reduce(0, +) }

  package subscript(repair: Repair) -> Int { counts[repair] ?? 0 }

  package mutating func note(_ repair: Repair, _ count: Int = 1) {
    guard count > 0 else { return }
    counts[repair, default: 0] += count
  }

  /// Notes that a text was kept without its structure.
  package mutating func noteStructure(lostBecause reason: String) {
    note(.structure)
    self.reason = self.reason ?? reason
  }

  package mutating func add(_ other: Repairs) {
    counts.merge(other.counts, uniquingKeysWith: +)
    reason = reason ?? other.reason
  }

  /// One line for each kind: `3 control characters removed`.
  package var descriptions: [String] {
    Repair.allCases.filter { self[$0] > 0 }.map { repair in
      let why = repair == .structure ? reason.map { ": \($0)" } ?? "" : ""
      return "\(self[repair]) \(repair.phrase(self[repair]))\(why)"
    }
  }
}
