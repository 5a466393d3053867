package import Model

/// HTML that may be shown anywhere: only elements, attributes and addresses of an allow-list.
///
/// Parsing and writing it again changes nothing, in any parser that follows HTML5.
package struct SanitisedHTML: Equatable, Sendable {
  package let text: String
  /// What was lost that a person would miss.
  package let repairs: Repairs

  /// Takes what was sanitised before: the store's content.
  package init(trusted: String) {
    self.init(text: trusted, repairs: Repairs())
  }

  fileprivate init(text: String, repairs: Repairs) {
    self.text = text
    self.repairs = repairs
  }

  package var plainText: String {
    // Past the limits only when sanitising made it longer; then the tags are shown.
    (try? HTMLFragment(parsing: text))?.plainText ?? text
  }
}

extension HTMLFragment {
  /// What sanitising would make of the text that the fragment was parsed from; nil where it would
  /// leave it as it is.
  package func changeBySanitising(_ text: String, base: String?) -> String? {
    let written = Sanitiser.written(tokens, base: base.flatMap(WebAddress.init)).html
    return written == text ? nil : written
  }

  /// What of the fragment may be shown, with every address made absolute.
  ///
  /// Leaving an element out can bring two together that may not stand in each other (a link in a
  /// link), and a parser would then move them. So the result is parsed and written again until it
  /// stays the same, which no mutation of markup survives; unless it is certain that it would.
  ///
  /// - Parameter base: the article's own address; without one, relative addresses are left out.
  package func sanitised(base: String?) -> SanitisedHTML {
    let base = base.flatMap(WebAddress.init)
    var repairs = Repairs()
    repairs.note(.embeddedImage, refusedPictures)
    let written = Sanitiser.written(tokens, base: base)
    let settled = written.isSettled ? written.html : HTMLFragment.settled(written.html, base: base)
    guard let settled else {
      repairs.noteStructure(lostBecause: "what was left of it could not be read again the same")
      return SanitisedHTML(text: Sanitiser.paragraphs(of: plainText), repairs: repairs)
    }
    return SanitisedHTML(text: settled, repairs: repairs)
  }

  /// What is left of sanitised HTML when it stays the same; nil where it does not.
  static func settled(_ html: String, base: WebAddress?) -> String? {
    var written = html
    for _ in 0..<6 {
      guard let parsed = try? HTMLFragment(parsing: written) else { return nil }
      let again = Sanitiser.written(parsed.tokens, base: base).html
      if again == written { return written }
      written = again
    }
    return nil
  }

  /// How many pictures inside the text are not shown.
  private var refusedPictures: Int {
    tokens.count { token in
      guard case .open(let element) = token, element.name == "img", let source = element["src"],
        isEmbedded(source)
      else { return false }
      let isPlaceholder = lazySources.flatMap(\.lazyNames).contains { element[$0] != nil }
      return !isPlaceholder && embeddedImage(source) == nil
    }
  }
}
