/// A part of a message (RFC 2046 §5.1.4).
enum MessagePart: CaseIterable, Hashable, Sendable {
  case text, html

  var templateName: String {
    switch self {
    case .text: "digest.txt.mustache"
    case .html: "digest.html.mustache"
    }
  }

  /// The pieces that its template must have.
  var sections: [DigestSection] {
    switch self {
    case .html: DigestSection.allCases
    case .text: DigestSection.allCases.filter { !$0.isOfDocument }
    }
  }
}

/// A piece of a digest, in reading order: a top-level section of the template files.
enum DigestSection: String, CaseIterable, Hashable, Sendable {
  case document, title, style, preheader
  case opening, contents, contentsEnd, topic, lead, article, more, closing

  /// Whether only HTML has it.
  var isOfDocument: Bool {
    switch self {
    case .document, .title, .style, .preheader: true
    default: false
    }
  }

  /// The values that it may name.
  var variables: Set<String> {
    switch self {
    case .document: ["language"]
    case .title: ["subject"]
    case .style: ["accent", "accentDark"]
    case .preheader: ["preheader"]
    case .opening:
      [
        "siteURL", "publication", "siteLanguage", "masthead", "date", "heading", "contentsTitle",
      ]
    case .contents: ["slug", "topic", "count", "row", "siteLanguage"]
    case .contentsEnd: []
    case .topic: ["accent", "slug", "topic", "siteLanguage"]
    case .lead, .article:
      [
        "accent", "url", "title", "summary", "byline", "authors", "date", "articleLanguage",
        "readArticle", "readArticleNamed",
      ]
    case .more: ["accent", "url", "allArticles"]
    case .closing:
      [
        "reason", "hasLinks", "links", "follows", "label", "href", "address", "siteLanguage",
        "noTracking",
      ]
    }
  }
}
