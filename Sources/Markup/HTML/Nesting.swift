/// The elements that are open in HTML of which no rule of HTML5 closes or moves anything: every
/// element of it is known here, ends where it says, and stands where it may.
struct Nesting {
  private var elements: [(name: String, kind: Kind)] = []

  var isEmpty: Bool { elements.isEmpty }

  /// Opens an element; false where a parser has to decide what that does.
  mutating func open(_ name: String, _ kind: Kind) -> Bool {
    guard mayOpen(kind), elements.count < HTMLLimits.depth else { return false }
    if !kind.isEmpty { elements.append((name, kind)) }
    return true
  }

  /// Closes the element that was opened last; false where it has another name.
  mutating func close(_ name: String) -> Bool { elements.popLast()?.name == name }

  /// Whether text stays where it is: between the parts of a table there is only white space.
  func mayHold(_ text: some Sequence<UInt8>) -> Bool {
    elements.last?.kind.isTablePart != true || text.allSatisfy(isHTMLSpace)
  }

  private func mayOpen(_ kind: Kind) -> Bool {
    if let parent = kind.parent { return elements.last?.kind == parent }
    guard elements.last?.kind.isTablePart != true else { return false }
    return switch kind {
    case .link: !isOpen(.link)
    case .rule, .block, .paragraph, .list, .terms, .table: !isOpen(.paragraph)
    case .heading: !isOpen(.paragraph) && !isOpen(.heading)
    default: true
    }
  }

  private func isOpen(_ kind: Kind) -> Bool {
    elements.contains { $0.kind == kind }
  }
}

extension Nesting {
  enum Kind {
    /// May stand anywhere.
    case phrasing
    /// A link, which may not stand in another.
    case link
    case void
    /// A line across, which ends a paragraph.
    case rule
    case block
    case paragraph
    case list
    /// A list of terms and what they mean.
    case terms
    case heading
    case item, term
    case table, tableSection, tableRow, tableCell

    /// Whether nothing is in it, and it has no end tag.
    var isEmpty: Bool { self == .void || self == .rule }

    /// What it must stand in directly.
    fileprivate var parent: Kind? {
      switch self {
      case .item: .list
      case .term: .terms
      case .tableSection: .table
      case .tableRow: .tableSection
      case .tableCell: .tableRow
      default: nil
      }
    }

    /// Whether a parser moves what is in it but is none of the table's parts (HTML §13.2.6.4.9).
    fileprivate var isTablePart: Bool {
      self == .table || self == .tableSection || self == .tableRow
    }
  }

  /// The elements for which nesting is all that matters.
  static let kinds: [String: Kind] = Dictionary(
    uniqueKeysWithValues: named(
      [
        "abbr", "b", "bdi", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "s",
        "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var",
      ],
      .phrasing
    ) + named(["a"], .link) + named(["br", "img", "wbr"], .void) + named(["hr"], .rule)
      + named(
        [
          "address", "article", "aside", "blockquote", "details", "div", "figcaption", "figure",
          "footer", "header", "main", "nav", "pre", "section", "summary",
        ],
        .block
      ) + named(["p"], .paragraph) + named(["ol", "ul"], .list)
      + named(["h1", "h2", "h3", "h4", "h5", "h6"], .heading) + named(["li"], .item)
      + named(["dl"], .terms) + named(["dt", "dd"], .term) + named(["table"], .table)
      + named(["thead", "tbody", "tfoot"], .tableSection) + named(["tr"], .tableRow)
      + named(["th", "td"], .tableCell)
  )

  private static func named(_ names: [String], _ kind: Kind) -> [(String, Kind)] {
    names.map { ($0, kind) }
  }
}
