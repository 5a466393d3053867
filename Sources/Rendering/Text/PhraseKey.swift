/// The messages that a language must have, by their keys in `strings.xx.yaml`.
enum PhraseKey: String, CaseIterable, Sendable {
  case firstDay = "first-day"
  case dayMonth = "day-month"
  case date
  case monthYear = "month-year"
  case longDate = "long-date"
  case subjectDaily = "subject-daily"
  case subjectWeekly = "subject-weekly"
  case subjectMonthly = "subject-monthly"
  case subjectPeriod = "subject-period"
  case headingDaily = "heading-daily"
  case headingWeekly = "heading-weekly"
  case headingMonthly = "heading-monthly"
  case headingPeriod = "heading-period"
  case subjectErrata = "subject-errata"
  case preheader
  case readInBrowser = "read-in-browser"
  case missed
  case contents
  case count
  case readArticle = "read-article"
  case readArticleNamed = "read-article-named"
  case moreArticles = "more-articles"
  case moreArticlesNamed = "more-articles-named"
  case allArticles = "all-articles"
  case errata
  case reasonDaily = "reason-daily"
  case reasonWeekly = "reason-weekly"
  case reasonMonthly = "reason-monthly"
  case unsubscribe
  case privacy
  case legal
  case postalAddress = "postal-address"
  case noTracking = "no-tracking"
  case pageTitle = "page-title"
  case feedTitle = "feed-title"
  case topicFeedTitle = "topic-feed-title"
  case skipToContent = "skip-to-content"
  case mainNavigation = "main-navigation"
  case footerNavigation = "footer-navigation"
  case articlesLink = "articles"
  case topicsAndFeeds = "topics-and-feeds"
  case latestArticles = "latest-articles"
  case noArticles = "no-articles"
  case everyArticle = "every-article"
  case feedOfTopic = "feed-of-topic"
  case feedOfSite = "feed-of-site"
  case issues
  case issuesIntro = "issues-intro"
  case feedOfIssues = "feed-of-issues"
  case correction
  case table
  case noCookies = "no-cookies"
  case reviewSubject = "review-subject"
  case reviewPlanned = "review-planned"
  case reviewApproval = "review-approval"
  case reviewApprove = "review-approve"
  case reviewHold = "review-hold"
  case reviewReplan = "review-replan"
  case reviewClean = "review-clean"
  case reviewFindings = "review-findings"
  case reportSubject = "report-subject"
  case reportSent = "report-sent"
  case reportPreviewed = "report-previewed"
  case reportRefused = "report-refused"
  case reportWaiting = "report-waiting"
  case reportUnsent = "report-unsent"
  case reportUnknown = "report-unknown"
  case reportNew = "report-new"
  case reportLeft = "report-left"
  case problemsSubject = "problems-subject"

  /// What its message may name in braces.
  var variables: Set<String> {
    switch self {
    case .firstDay, .contents, .readArticle, .readInBrowser, .unsubscribe, .privacy, .legal,
      .noTracking,
      .skipToContent, .mainNavigation, .footerNavigation, .articlesLink, .topicsAndFeeds,
      .latestArticles, .noArticles, .everyArticle, .feedOfSite, .issues, .issuesIntro,
      .feedOfIssues, .table, .noCookies, .reviewClean:
      []
    case .dayMonth: ["d", "month"]
    case .date: ["d", "month", "year"]
    case .monthYear: ["month", "year"]
    case .longDate: ["weekday", "date"]
    case .subjectDaily: ["publication", "n", "date"]
    case .subjectWeekly, .subjectPeriod: ["publication", "n", "d1", "d2"]
    case .subjectMonthly: ["publication", "n", "month"]
    case .headingDaily: ["d1"]
    case .headingWeekly, .headingPeriod: ["d1", "d2"]
    case .headingMonthly: ["month"]
    case .preheader: ["titles", "n"]
    case .subjectErrata: ["publication", "n", "date"]
    case .missed: ["n", "first", "last"]
    case .count, .moreArticles, .errata: ["n"]
    case .moreArticlesNamed: ["n", "topic"]
    case .readArticleNamed: ["title"]
    case .correction: ["date", "text"]
    case .allArticles, .feedOfTopic: ["topic"]
    case .pageTitle: ["title", "publication"]
    case .feedTitle: ["publication", "format"]
    case .topicFeedTitle: ["topic", "publication", "format"]
    case .reviewSubject: ["subject"]
    case .reviewPlanned, .reviewApproval: ["n", "date", "time"]
    case .reviewApprove, .reviewHold, .reviewReplan: ["command"]
    case .reviewFindings, .reportSent, .reportPreviewed, .reportRefused, .reportWaiting,
      .reportUnsent, .reportUnknown, .reportNew, .reportLeft, .problemsSubject:
      ["n"]
    case .reportSubject: ["issue"]
    case .reasonDaily, .reasonWeekly, .reasonMonthly, .postalAddress: ["publication", "address"]
    }
  }
}
