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
  case opening, introduction, missed, contentsStart, contents, contentsEnd
  case topic, lead, article, more, errata, erratum, closing

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
        "siteURL", "publication", "siteLanguage", "masthead", "date", "heading", "logo", "webURL",
        "readInBrowser",
      ]
    case .introduction: ["introduction", "siteLanguage"]
    case .missed: ["missed"]
    case .contentsStart: ["contentsTitle"]
    case .contents: ["slug", "topic", "count", "row", "siteLanguage"]
    case .contentsEnd: []
    case .topic: ["accent", "slug", "topic", "siteLanguage"]
    case .lead:
      Self.article.variables.union(["image", "accent", "readArticle", "readArticleNamed"])
    case .article: ["url", "title", "summary", "byline", "authors", "date", "articleLanguage"]
    case .more: ["accent", "url", "more", "moreNamed", "leaveURL", "leave", "leaveNamed"]
    case .errata: ["errataTitle"]
    case .erratum: ["url", "title", "date", "byline", "erratum", "articleLanguage"]
    case .closing:
      [
        "reason", "hasLinks", "links", "publication", "siteURL", "address", "siteLanguage",
        "noTracking", "webURL", "readInBrowser",
      ]
    }
  }

  /// The values that it must name: without them a message would lack what readers need.
  var required: Set<String> {
    switch self {
    case .document: ["language"]
    case .title: ["subject"]
    case .introduction: ["introduction"]
    case .missed: ["missed"]
    case .topic: ["topic"]
    case .lead, .article: ["title", "url"]
    case .more: ["more"]
    case .erratum: ["title", "erratum"]
    case .closing: ["reason", "links", "label", "href"]
    default: []
    }
  }

  /// The values inside a list.
  static func names(inside list: String) -> Set<String> {
    list == "links" ? ["follows", "label", "href"] : []
  }
}
