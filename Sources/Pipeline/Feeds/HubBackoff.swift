import Model

/// When to tell a hub again that could not be told.
enum HubBackoff {
  private static let waits: [Interval] = [
    .minutes(1), .minutes(5), .minutes(30), .hours(2), .hours(6),
  ]
  /// Later than this, the news is old: the next change tells the hub of all that was missed.
  private static let longest = Interval.days(3)

  /// How long to wait after a try, the first being 1; nil after the last.
  static func wait(afterAttempt attempt: Int) -> Interval? {
    let sum = (1...attempt).reduce(0) { $0 + wait($1).seconds }
    return sum > longest.seconds ? nil : wait(attempt)
  }

  private static func wait(_ attempt: Int) -> Interval {
    waits[min(attempt, waits.count) - 1]
  }
}
