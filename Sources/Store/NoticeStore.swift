package import Model

/// Something wrong that lasts until somebody mends it.
package struct LastingProblem: Equatable, Sendable {
  /// What it is about: the same as long as it is the same problem.
  package var subject: String
  package var text: String
  /// When it was first said; nil where it is new.
  package var since: Instant?

  package init(subject: String, text: String, since: Instant? = nil) {
    self.subject = subject
    self.text = text
    self.since = since
  }
}

/// What there is to be said of lasting problems.
package struct ProblemNews: Equatable, Sendable {
  /// All that is wrong now.
  package var lasting: [LastingProblem] = []
  /// Those that are new, have changed, or were said last a day ago.
  package var toSay: [LastingProblem] = []
  package var solved: [LastingProblem] = []

  package init() {}
}

/// Which lasting problems have been said, and when.
package protocol NoticeStore: AnyObject, Sendable {
  /// Takes over what is wrong now, and gives what of it is to be said.
  ///
  /// - Parameters:
  ///   - problems: all that is wrong, each subject once.
  ///   - areas: the beginnings of the subjects that were looked at; what else was said stays.
  ///   - now: the real time.
  func takeOver(_ problems: [LastingProblem], within areas: [String], now: Instant) throws
    -> ProblemNews
}
