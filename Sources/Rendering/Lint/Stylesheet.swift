/// The declarations that a style block has for classes in the dark.
struct Stylesheet {
  /// By class, within `@media (prefers-color-scheme:dark)`.
  private(set) var dark: [String: [String: String]] = [:]
  /// By class, below `[data-ogsc]` and `[data-ogsb]`, with which Outlook marks what it darkens.
  private(set) var outlook: [String: [String: String]] = [:]

  init(_ style: String) {
    var rest = style[...]
    while let open = rest.firstIndex(of: "{") {
      let selector = rest[..<open]
      let end = Self.end(ofBlockAt: open, in: rest)
      let block = rest[rest.index(after: open)..<end]
      rest = end < rest.endIndex ? rest[rest.index(after: end)...] : rest[end...]
      if selector.contains("@media") {
        guard selector.contains("prefers-color-scheme"), selector.contains("dark") else { continue }
        Stylesheet(String(block)).plain.forEach { dark[$0, default: [:]].merge($1) { $1 } }
      } else {
        add(selector, declarations(String(block)))
      }
    }
  }

  /// By class, for selectors that are one class.
  private var plain: [String: [String: String]] = [:]

  private mutating func add(_ selectors: Substring, _ values: [String: String]) {
    for selector in selectors.split(separator: ",").map({ Wrapping.singleLine(String($0)) }) {
      let parts = selector.split(separator: " ")
      guard let name = parts.last, name.hasPrefix(".") else { continue }
      let key = String(name.dropFirst())
      if parts.count == 1 { plain[key, default: [:]].merge(values) { $1 } }
      if parts.count == 2, ["[data-ogsc]", "[data-ogsb]"].contains(parts[0]) {
        outlook[key, default: [:]].merge(values) { $1 }
      }
    }
  }

  /// The place of the bracket that closes a block.
  private static func end(ofBlockAt open: String.Index, in text: Substring) -> String.Index {
    var depth = 0
    for index in text[open...].indices {
      if text[index] == "{" { depth += 1 }
      if text[index] == "}" { depth -= 1 }
      if depth == 0 { return index }
    }
    return text.endIndex
  }
}
