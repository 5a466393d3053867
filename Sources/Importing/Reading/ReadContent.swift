import Markup
import Model

/// What an article shows of its text, and what had to be mended for it.
struct ReadContent {
  /// Sanitised HTML; empty where the text is too long.
  private(set) var html = ""
  private(set) var summary: String
  private(set) var repairs: Repairs

  /// What one article may bring into a feed, in bytes of HTML: 80,000 words.
  ///
  /// Validators and readers refuse documents of 5,000,000 bytes, in which the HTML of up to 99
  /// articles stands escaped, and so twice as long where it is dense. A few of this size fit in
  /// beside ordinary ones, of 10,000 bytes.
  static let longest = 500_000

  /// - Parameter base: where relative addresses begin from.
  init(_ text: HTMLFragment, base: String?, summary: String, isTypeset: Bool) {
    let text = isTypeset ? text.typesetInFrench() : text
    let sanitised = text.sanitised(base: base)
    self.summary = isTypeset ? FrenchTypography.typeset(summary) : summary
    repairs = text.repairs
    repairs.add(sanitised.repairs)
    if sanitised.text.utf8.count <= ReadContent.longest {
      html = sanitised.text
    } else {
      repairs.note(.length)
      if summary.isEmpty { self.summary = Importing.summary(fromText: text.plainText) }
    }
  }
}
