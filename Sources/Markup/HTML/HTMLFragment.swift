/// A piece of HTML, parsed: not yet fit to be shown.
package struct HTMLFragment: Sendable {
  /// A balanced list without html, head and body of its own around it.
  let tokens: ArraySlice<HTMLToken>

  package init(parsing html: String) throws(HTMLError) {
    // The root element of the parser is around it.
    tokens = try parseFragment(html).dropFirst().dropLast()
  }

  init(tokens: ArraySlice<HTMLToken>) {
    self.tokens = tokens
  }

  /// The text of the first heading, on one line; nil where there is none.
  package var firstHeading: String? {
    let names: Set = ["h1", "h2", "h3", "h4", "h5", "h6"]
    let heading = tokens.firstElement { names.contains($0.name) }
    let text = heading.map { singleLine(PlainTextWalk.text(of: $0)) } ?? ""
    return text.isEmpty ? nil : text
  }

  /// The text for people to read: paragraphs with an empty line between, lists with bullets.
  package var plainText: String {
    PlainTextWalk.text(of: tokens)
  }
}
