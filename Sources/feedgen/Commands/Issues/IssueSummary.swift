import Model
import Pipeline

/// What a run made of an issue, as people and programs are told.
struct IssueSummary: Encodable {
  let name: String
  let outcome: String
  let articles: Int?
  let messages: Int?
  /// What happened, in a line.
  let line: String
  /// Whether somebody has to know of it.
  let isAlarm: Bool

  private enum CodingKeys: CodingKey {
    case name, outcome, articles, messages
  }

  init(_ issue: PlannedIssue) {
    switch issue {
    case .missed(let name):
      self.init(
        name,
        "missed",
        "\(name): not sent, because it is too late (max_lateness); its articles will be in the next "
          + "issue",
        isAlarm: true
      )
    case .expired(let name, let count):
      self.init(
        name,
        "expired",
        "\(name): \(count) messages could not be handed over in time (max_lateness); their articles "
          + "will be in the next issue",
        messages: count,
        isAlarm: true
      )
    case .planned(let name, let articles, let count):
      let line = "planned: \(name), \(articles) articles, \(count) messages"
      self.init(name, "planned", line, articles: articles, messages: count)
    case .inReview(let name, let articles, let count):
      let line = "for review: \(name), \(articles) articles, \(count) messages"
      self.init(name, "review", line, articles: articles, messages: count)
    case .held(let name, let holds, let count):
      let reasons = holds.compactMap(\.text.lines.first).joined(separator: ", ")
      self.init(name, "held", "held (\(reasons)): \(name), \(count) messages", messages: count)
    case .released(let name, let count):
      self.init(name, "released", "released: \(name), \(count) messages", messages: count)
    }
  }

  private init(
    _ name: IssueName,
    _ outcome: String,
    _ line: String,
    articles: Int? = nil,
    messages: Int? = nil,
    isAlarm: Bool = false
  ) {
    self.name = "\(name)"
    self.outcome = outcome
    self.articles = articles
    self.messages = messages
    self.line = line
    self.isAlarm = isAlarm
  }
}
