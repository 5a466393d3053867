/// The kinds of documents that make up the public pages, each with a template of its own.
enum Page: String, CaseIterable, Sendable {
  case index, topic, article, issue, issues, stylesheet
  case subscribe, preferences, move, message

  /// The name under which its template is known to the others.
  var template: String { self == .stylesheet ? "site.css" : rawValue }

  /// The values that its template may name outside of lists.
  var names: Set<String> {
    switch self {
    case .index: Page.namesEverywhere.union(["intro", "articles", "feeds"])
    case .topic:
      Page.namesEverywhere.union(["heading", "intro", "thisFeed", "articles", "feeds"])
    case .article:
      Page.namesEverywhere.union([
        "labels", "hasLabels", "heading", "passage", "standfirst", "authors", "date", "isoDate",
        "content", "feeds",
      ])
    case .issue:
      Page.namesEverywhere.union([
        "heading", "day", "isoDay", "introduction", "sections", "errata",
      ])
    case .issues: Page.namesEverywhere.union(["heading", "intro", "badges", "articles"])
    case .stylesheet: ["accent", "accentDark"]
    case .subscribe:
      Page.namesOfForms.union(Page.namesOfChoices).union(Page.namesOfAddress)
        .union(["stamp", "trapLabel", "fineprint"])
    case .preferences:
      Page.namesOfForms.union(Page.namesOfChoices).union([
        "leaveURL", "leaveLabel", "pauseLegend", "pauses", "ownDataTitle", "ownDataText", "asks",
      ])
    case .move: Page.namesOfForms.union(Page.namesOfAddress)
    case .message:
      Page.namesOfDoor.union([
        "heading", "isBad", "paragraphs", "hasItems", "items", "fineprint", "form", "hasWays",
        "ways",
      ])
    }
  }

  /// Known in all pages of the reader's door.
  private static let namesOfDoor = namesEverywhere.union(["pageLanguage", "door"])

  private static let namesOfForms = namesOfDoor.union([
    "heading", "intro", "action", "button", "hasProblems", "problemsTitle", "problems", "notice",
  ])

  private static let namesOfChoices: Set<String> = [
    "topicsLegend", "topics", "topicsError", "cadenceLegend", "cadences", "hasCadences",
    "languageLabel", "languages", "hasLanguages",
  ]

  private static let namesOfAddress: Set<String> = [
    "addressLabel", "addressHint", "email", "addressError",
  ]

  private static let namesEverywhere: Set<String> = [
    "language", "pageTitle", "pageDescription", "canonical", "home", "isInFolder", "alternates",
    "isTopic", "isIssues", "issuesLink", "subscribeURL", "subscribeLink",
    "publication", "address", "links", "hasLinks", "skipToContent", "mainNavigation",
    "articlesLink", "topicsAndFeeds", "latestArticles", "noArticles", "footerNavigation",
    "noCookies",
  ]

  /// The values inside a section.
  ///
  /// None has the name of one outside: Mustache takes a value that is missing in a list's element
  /// from around the list.
  static func names(inside section: String) -> Set<String> {
    switch section {
    case "alternates": ["type", "title", "href"]
    case "links": ["label", "href"]
    case "articles":
      [
        "isLead", "labels", "hasLabels", "title", "url", "passage", "summary", "authors", "date",
        "isoDate", "note",
      ]
    case "sections": ["slug", "name", "path", "allArticles", "articles"]
    case "errata": ["errataTitle", "articles"]
    case "labels": ["topic", "href"]
    case "feeds", "thisFeed": ["name", "path", "description", "allArticles", "badges"]
    case "topics": ["slug", "name", "description", "isChosen"]
    case "cadences": ["value", "name", "hint", "isChosen"]
    case "languages": ["tag", "name", "isChosen"]
    case "pauses": ["value", "name", "isChosen"]
    case "problems": ["field", "text"]
    case "form": ["action", "fields", "buttons"]
    case "fields": ["name", "value"]
    case "buttons": ["label", "name", "value", "isQuiet"]
    case "asks": ["value", "label"]
    case "ways": ["href", "label", "isButton", "isQuiet"]
    case "badges": ["format", "type", "href", "feedNamed"]
    default: []
    }
  }
}
