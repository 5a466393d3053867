import GRDB
package import Model
package import Store

extension SQLiteSiteStore {
  package func takeOver(
    _ problems: [LastingProblem],
    within areas: [String],
    now: Instant
  ) throws -> ProblemNews {
    let known = try read { try $0.notices(within: areas) }
    var news = ProblemNews()
    news.lasting = problems.map { problem in
      LastingProblem(
        subject: problem.subject,
        text: problem.text,
        since: known[problem.subject]?.first
      )
    }
    news.toSay = news.lasting.filter { known[$0.subject]?.isSilent($0.text, now: now) != true }
    let subjects = Set(problems.map(\.subject))
    news.solved = known.filter { !subjects.contains($0.key) }.sorted { $0.key < $1.key }
      .map { LastingProblem(subject: $0.key, text: $0.value.text, since: $0.value.first) }
    if news.toSay.isEmpty, news.solved.isEmpty { return news }
    try write { db in
      for problem in news.toSay { try db.say(problem, now: now) }
      for problem in news.solved {
        try db.run("DELETE FROM notice WHERE subject = ?", [problem.subject])
      }
    }
    return news
  }
}

/// What was said of a problem, and when.
private struct KnownNotice {
  var text: String
  var first: Instant
  var said: Instant

  /// Whether it was said within the last day as it is.
  func isSilent(_ text: String, now: Instant) -> Bool {
    self.text == text && now.since(said) < .hours(24)
  }
}

extension Database {
  fileprivate func notices(within areas: [String]) throws -> [String: KnownNotice] {
    let rows = try Row.fetchAll(self, sql: "SELECT subject, text, first, said FROM notice")
    let known = rows.map { row in
      let (first, said) = (Instant(seconds: row[2]), Instant(seconds: row[3]))
      return (row[0] as String, KnownNotice(text: row[1], first: first, said: said))
    }
    return Dictionary(
      known.filter { notice in areas.contains { notice.0.hasPrefix($0) } },
      uniquingKeysWith: { first, _ in first }
    )
  }

  fileprivate func say(_ problem: LastingProblem, now: Instant) throws {
    try run(
      """
      INSERT INTO notice (subject, text, first, said) VALUES (:subject, :text, :now, :now)
      ON CONFLICT (subject) DO UPDATE SET text = :text, said = :now
      """,
      ["subject": problem.subject, "text": problem.text, "now": now.seconds]
    )
  }
}
