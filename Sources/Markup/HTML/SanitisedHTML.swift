/// HTML that may be shown anywhere: only elements, attributes and addresses of an allow-list.
///
/// Parsing and writing it again changes nothing, in any parser that follows HTML5.
package struct SanitisedHTML: Equatable, Sendable {
  package let text: String

  /// Takes what was sanitised before: the store's content.
  package init(trusted: String) {
    text = trusted
  }

  package var plainText: String {
    // Past the limits only when sanitising made it longer; then the tags are shown.
    (try? HTMLFragment(parsing: text))?.plainText ?? text
  }
}

extension HTMLFragment {
  /// What of the fragment may be shown, with every address made absolute.
  ///
  /// Leaving an element out can bring two together that may not stand in each other (a link in a
  /// link), and a parser would then move them. So the result is parsed and written again until it
  /// stays the same, which no mutation of markup survives.
  ///
  /// - Parameter base: the article's own address; without one, relative addresses are left out.
  package func sanitised(base: String?) -> SanitisedHTML {
    let base = base.flatMap(WebAddress.init)
    var written = Sanitiser.html(of: tokens, base: base)
    for _ in 0..<6 {
      guard let parsed = try? HTMLFragment(parsing: written) else { break }
      let again = Sanitiser.html(of: parsed.tokens, base: base)
      if again == written { return SanitisedHTML(trusted: written) }
      written = again
    }
    return SanitisedHTML(trusted: Sanitiser.paragraphs(of: plainText))
  }
}
