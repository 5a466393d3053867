import Model
import Store

/// What became of the rows of a table, as people and programs are told.
struct SubscriberSummary {
  private(set) var added = 0
  private(set) var changed = 0
  private(set) var unchanged = 0
  /// The rows whose address must not be written to.
  private(set) var suppressed = 0
  var problems: [Problem] = []
  /// The rows that are none of a subscriber's, and why.
  var leftOut: [Problem] = []

  mutating func count(_ result: SubscriberResult) {
    switch result {
    case .added: added += 1
    case .changed: changed += 1
    case .unchanged: unchanged += 1
    case .suppressed: suppressed += 1
    }
  }

  func tell(_ report: Report) throws {
    for problem in problems { report.error(problem) }
    for row in leftOut { report.warn("\(row)") }
    if report.isJSON { return try report.document(self) }
    report.say("\(added) added, \(changed) changed, \(unchanged) unchanged.")
    if suppressed > 0 {
      report.say("\(suppressed) left out: the address must not be written to.")
    }
    if !leftOut.isEmpty { report.say("\(leftOut.count) left out, as said above.") }
  }
}

extension SubscriberSummary: Encodable {
  private enum CodingKeys: CodingKey {
    case added, changed, unchanged, suppressed, leftOut, problems
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(added, forKey: .added)
    try container.encode(changed, forKey: .changed)
    try container.encode(unchanged, forKey: .unchanged)
    try container.encode(suppressed, forKey: .suppressed)
    try container.encode(leftOut.map(\.description), forKey: .leftOut)
    try container.encode(problems.map(\.description), forKey: .problems)
  }
}
