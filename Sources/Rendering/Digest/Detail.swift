import Model

/// How long the texts of an edition may be; less where there are very many articles.
struct Detail: Hashable, Sendable {
  /// The most characters of a summary below a topic's first title.
  var leadSummary: Int
  /// The most characters of any other summary.
  var summary: Int

  /// From what is shown in full to titles alone.
  static let all = [
    Detail(leadSummary: 600, summary: 200), Detail(leadSummary: 300, summary: 120),
    Detail(leadSummary: 160, summary: 80), Detail(leadSummary: 0, summary: 0),
  ]

  /// From what is shown of such an excerpt to titles alone.
  static func all(of excerpt: Excerpt) -> ArraySlice<Detail> {
    switch excerpt {
    case .summary: all[...]
    case .title: all.suffix(1)
    }
  }

  /// The most characters of an article's title.
  static let title = 250
  /// The most characters of the names of authors, of a topic or of the publication.
  static let name = 120
  /// The most characters of the publication's postal address.
  static let address = 300
  /// The most characters of what was wrong in an article.
  static let erratum = 600
}
