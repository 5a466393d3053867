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
  case leaveTopic = "leave-topic"
  case leaveTopicNamed = "leave-topic-named"
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
  case languageName = "language-name"
  case subscribe
  case subscribeTitle = "subscribe-title"
  case subscribeIntro = "subscribe-intro"
  case addressLabel = "address-label"
  case addressHint = "address-hint"
  case trapLabel = "trap-label"
  case topicsLegend = "topics-legend"
  case cadenceLegend = "cadence-legend"
  case cadenceDaily = "cadence-daily"
  case cadenceDailyHint = "cadence-daily-hint"
  case cadenceWeekly = "cadence-weekly"
  case cadenceWeeklyHint = "cadence-weekly-hint"
  case cadenceMonthly = "cadence-monthly"
  case cadenceMonthlyHint = "cadence-monthly-hint"
  case letterLanguage = "letter-language"
  case subscribeFineprint = "subscribe-fineprint"
  case reviewChoices = "review-choices"
  case errorTitle = "error-title"
  case toCorrect = "to-correct"
  case addressError = "address-error"
  case topicsError = "topics-error"
  case checkMail = "check-mail"
  case checkMailText = "check-mail-text"
  case checkMailFineprint = "check-mail-fineprint"
  case backToArticles = "back-to-articles"
  case confirmTitle = "confirm-title"
  case confirmText = "confirm-text"
  case confirmButton = "confirm-button"
  case confirmedTitle = "confirmed-title"
  case confirmedText = "confirmed-text"
  case confirmedSoon = "confirmed-soon"
  case readLatest = "read-latest"
  case readLatestIssue = "read-latest-issue"
  case changePreferences = "change-preferences"
  case leaveText = "leave-text"
  case leaveTopicText = "leave-topic-text"
  case leaveButton = "leave-button"
  case fewerTopics = "fewer-topics"
  case leftTitle = "left-title"
  case leftText = "left-text"
  case leftTopicText = "left-topic-text"
  case leftFineprint = "left-fineprint"
  case seeFeeds = "see-feeds"
  case subscribeAgain = "subscribe-again"
  case refuseTitle = "refuse-title"
  case refuseText = "refuse-text"
  case refuseButton = "refuse-button"
  case refusedTitle = "refused-title"
  case refusedText = "refused-text"
  case preferencesTitle = "preferences-title"
  case preferencesIntro = "preferences-intro"
  case preferencesSaved = "preferences-saved"
  case save
  case leaveEverything = "leave-everything"
  case pauseLegend = "pause-legend"
  case pauseNone = "pause-none"
  case pauseWeeks = "pause-weeks"
  case pauseUntil = "pause-until"
  case ownDataTitle = "own-data-title"
  case ownDataText = "own-data-text"
  case askData = "ask-data"
  case askMove = "ask-move"
  case askErase = "ask-erase"
  case linkSentText = "link-sent-text"
  case linkSentFineprint = "link-sent-fineprint"
  case moveTitle = "move-title"
  case moveIntro = "move-intro"
  case moveButton = "move-button"
  case arriveText = "arrive-text"
  case arriveButton = "arrive-button"
  case arrivedText = "arrived-text"
  case takenText = "taken-text"
  case dataTitle = "data-title"
  case dataText = "data-text"
  case dataButton = "data-button"
  case eraseTitle = "erase-title"
  case eraseText = "erase-text"
  case eraseButton = "erase-button"
  case erasedText = "erased-text"
  case issueTitle = "issue-title"
  case issueHeld = "issue-held"
  case issueGoing = "issue-going"
  case issueOver = "issue-over"
  case issueCancelled = "issue-cancelled"
  case issueChanged = "issue-changed"
  case issueApprove = "issue-approve"
  case issueHold = "issue-hold"
  case issueRelease = "issue-release"
  case issueCancel = "issue-cancel"
  case notFoundTitle = "not-found-title"
  case notFoundText = "not-found-text"
  case badLinkTitle = "bad-link-title"
  case badLinkText = "bad-link-text"
  case expiredTitle = "expired-title"
  case expiredText = "expired-text"
  case tooManyTitle = "too-many-title"
  case tooManyText = "too-many-text"
  case badRequestTitle = "bad-request-title"
  case badRequestText = "bad-request-text"
  case busyTitle = "busy-title"
  case busyText = "busy-text"
  case errorCode = "error-code"
  case confirmationSubject = "confirmation-subject"
  case confirmationText = "confirmation-text"
  case confirmationIgnore = "confirmation-ignore"
  case confirmationRefuse = "confirmation-refuse"
  case dataSubject = "data-subject"
  case dataLink = "data-link"
  case eraseSubject = "erase-subject"
  case eraseLink = "erase-link"
  case moveSubject = "move-subject"
  case moveLink = "move-link"
  case arriveSubject = "arrive-subject"
  case arriveLink = "arrive-link"
  case linkIgnore = "link-ignore"
  case movedSubject = "moved-subject"
  case movedText = "moved-text"
  case reviewSubject = "review-subject"
  case reviewPlanned = "review-planned"
  case reviewApproval = "review-approval"
  case reviewPage = "review-page"
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
    case .cadenceWeeklyHint, .cadenceMonthlyHint: ["weekday"]
    case .errorTitle: ["title"]
    case .toCorrect, .pauseWeeks: ["n"]
    case .checkMailText, .preferencesIntro, .linkSentText, .dataText: ["address"]
    case .confirmText: ["publication", "address", "topics"]
    case .confirmedText: ["date", "topics"]
    case .confirmedSoon: ["topics"]
    case .leaveText, .refuseText, .arriveText, .eraseText: ["address", "publication"]
    case .leaveTopicText: ["address", "topic"]
    case .leftText, .refusedText, .confirmationSubject, .confirmationText, .dataSubject,
      .dataLink, .eraseSubject, .eraseLink, .moveSubject, .moveLink, .arriveSubject, .arriveLink,
      .movedSubject, .movedText:
      ["publication"]
    case .leftTopicText: ["topic"]
    case .pauseUntil, .issueTitle: ["date"]
    case .errorCode: ["code"]
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
    case .leaveTopicNamed: ["topic"]
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
    default: []
    }
  }
}
