/// When a digest goes out, and what is in it.
package struct DigestSettings: Hashable, Sendable {
  /// Its permanent name: `weekly`.
  package var name: String
  package var schedule: Schedule
  /// Later than this after its slot, an issue is not sent any more.
  package var maxLateness: Interval
  /// With fewer articles a subscriber gets no message.
  package var minItems: Int
  /// The most articles in one message.
  package var ceiling: Int
  /// What is said of an article.
  package var excerpt: Excerpt
  /// When and by whom an issue is looked at before it goes out.
  package var review: ReviewSettings?
  /// Whether an issue waits until somebody has approved it.
  package var needsApproval: Bool

  package init(
    name: String,
    schedule: Schedule,
    maxLateness: Interval = .days(3),
    minItems: Int = 1,
    ceiling: Int = 30,
    excerpt: Excerpt = .summary,
    review: ReviewSettings? = nil,
    needsApproval: Bool = false
  ) {
    self.name = name
    self.schedule = schedule
    self.maxLateness = maxLateness
    self.minItems = minItems
    self.ceiling = ceiling
    self.excerpt = excerpt
    self.review = review
    self.needsApproval = needsApproval
  }
}

/// What a digest says of an article, beside its title, authors and date.
package enum Excerpt: String, CaseIterable, Sendable {
  case summary
  /// Nothing more.
  case title
}

/// When the reviewers get an issue, and who they are.
package struct ReviewSettings: Hashable, Sendable {
  /// The last such day before the slot; nil for the last such time, whatever the day.
  package var day: Weekday?
  package var time: CivilTime
  package var reviewers: [EmailAddress]

  package init(day: Weekday?, time: CivilTime, reviewers: [EmailAddress]) {
    self.day = day
    self.time = time
    self.reviewers = reviewers
  }
}

/// How often a subscriber gets a digest.
package enum Cadence: String, CaseIterable, Sendable {
  case daily, weekly, monthly
}

/// The civil times at which a digest is due, in the site's zone.
package enum Schedule: Hashable, Sendable {
  case daily(at: CivilTime)
  case weekly(on: Weekday, at: CivilTime)
  /// On the first such weekday of a month.
  case monthly(first: Weekday, at: CivilTime)

  package var cadence: Cadence {
    switch self {
    case .daily: .daily
    case .weekly: .weekly
    case .monthly: .monthly
    }
  }
}
