/// The words in classes and ids by which chrome is known.
enum ChromeWords {
  static func areComments(_ element: HTMLElement) -> Bool {
    element.words(of: "class").contains { isAnyWord(of: $0, in: comments) }
      || ids(of: element).contains { isAnyWord(of: $0, in: commentIDs) }
  }

  static func areIn(_ element: HTMLElement) -> Bool {
    element.words(of: "class").contains { isAnyWord(of: $0, in: words) || isPhrase($0) }
      || ids(of: element).contains { isAnyWord(of: $0, in: words) || isPhrase($0) }
  }

  /// An id as a theme has it, and not made of a heading: `comment-minsk-a-change` is a question.
  private static func ids(of element: HTMLElement) -> [String] {
    guard !headingNames.contains(element.name), let id = element["id"]?.lowercased() else {
      return []
    }
    return parts(of: id).count <= 2 ? [id] : []
  }

  private static func isAnyWord(of name: String, in words: Set<String>) -> Bool {
    let parts = parts(of: name)
    return isOfTheme(parts) && parts.contains(where: words.contains)
  }

  /// Two words that mean chrome only together.
  private static func isPhrase(_ name: String) -> Bool {
    let parts = parts(of: name)
    return isOfTheme(parts)
      && zip(parts, parts.dropFirst()).contains { phrases.contains("\($0) \($1)") }
  }

  /// Whether a name is not made of a title (`tag-dialogue-social`), and says what is there.
  private static func isOfTheme(_ parts: [String]) -> Bool {
    parts.count <= 6 && !["tag", "category", "topic"].contains(parts.first)
      && negations.isDisjoint(with: parts)
  }

  /// `author-box`, `author_box` and `c-author__box` are words and signs between them.
  private static func parts(of name: String) -> [String] {
    name.utf8.split { !isASCIILetter($0) && !isASCIIDigit($0) && $0 < 0x80 }
      .map { String(Substring($0)) }
  }

  private static let negations: Set = ["no", "not", "has", "with", "without", "open", "is", "in"]

  private static let comments: Set = [
    "comment", "comments", "commentlist", "commentaires", "respond", "disqus", "forum",
  ]

  private static let commentIDs: Set = ["comments", "respond", "commentform", "disqus", "forum"]

  private static let words: Set = [
    "nav", "navbar", "navigation", "menu", "breadcrumb", "breadcrumbs", "pagination", "pager",
    "share", "shares", "sharing", "sharebar", "sharedaddy", "sharebox", "social", "addtoany",
    "addthis", "related", "relatedposts", "similar", "recommended", "recommendations", "sidebar",
    "cookie", "cookies", "consent", "gdpr", "rgpd", "newsletter", "subscribe", "subscription",
    "subscriptions",
    "signup", "promo", "paywall", "popup", "modal", "authorbox", "outbrain", "taboola",
    "advert", "advertisement", "ads", "sponsored", "likes", "tagcloud", "skip",
  ]

  private static let phrases: Set = [
    "author box", "author bio", "author card", "about author", "post tags", "post navigation",
    "entry tags", "tags links", "tag links", "cat links", "read more", "read next", "more posts",
    "screen reader", "sr only", "visually hidden", "edit link", "wp block-post-terms",
    "post terms", "article tags", "blog pager", "post feeds", "print only", "jp relatedposts",
    "like box", "back top",
  ]
}
