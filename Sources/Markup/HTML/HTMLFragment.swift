package import Model

/// A piece of HTML, parsed: not yet fit to be shown.
package struct HTMLFragment: Sendable {
  /// A balanced list without html, head and body of its own around it.
  let tokens: ArraySlice<HTMLToken>
  /// What had to be mended to read it.
  package let repairs: Repairs

  package static let empty = HTMLFragment(tokens: [], repairs: Repairs())

  package init(parsing html: String) throws(HTMLError) {
    let tree = try parseFragment(html)
    self.init(tokens: tree.tokens[...], repairs: tree.repairs)
  }

  /// Takes only the text of what no parser should be given, in paragraphs.
  ///
  /// - Parameter reason: why not, for people.
  package init(flattening text: String, because reason: String) {
    let tree = (try? parseFragment(FlatText.html(of: text))) ?? HTMLTree()
    var repairs = tree.repairs
    repairs.noteStructure(lostBecause: reason)
    self.init(tokens: tree.tokens[...], repairs: repairs)
  }

  init(tokens: ArraySlice<HTMLToken>, repairs: Repairs) {
    self.tokens = tokens
    self.repairs = repairs
  }

  /// The text of the first heading, on one line; nil where there is none.
  package var firstHeading: String? {
    let heading = tokens.firstElement { Nesting.kinds[$0.name] == .heading }
    let text = heading.map { singleLine(PlainTextWalk.text(of: $0)) } ?? ""
    return text.isEmpty ? nil : text
  }

  /// The text for people to read: paragraphs with an empty line between, lists with bullets.
  package var plainText: String {
    PlainTextWalk.text(of: tokens)
  }
}
