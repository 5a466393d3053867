import Model
import Store

/// An issue as people and programs are shown it.
struct IssuePage: Encodable {
  let name: String
  let plan: Int
  let state: String
  /// What it waits for, and what to do; nil where it does not wait.
  let waitsFor: String?
  let slot: String
  let articles: [String]
  /// What became of its messages, by state.
  let deliveries: [String: Int]
  let editorial: String?

  init(_ issue: IssueRecord, in open: OpenSite) throws {
    name = "\(issue.name)"
    plan = issue.plan
    state = issue.state.rawValue
    waitsFor = try open.waiting(issue)
    slot = issue.slot.rfc3339
    articles = try open.store.titles(of: issue.key)
    let counts = try open.store.counts(of: issue.key).map { ($0.key.rawValue, $0.value) }
    deliveries = Dictionary(counts) { first, _ in first }
    editorial = issue.editorial
  }

  var line: String {
    "\(name)  \(state)  \(articles.count) articles, \(counts)"
  }

  var lines: [String] {
    let head = ["\(name), plan \(plan): \(state)", "due: \(slot)", "messages: \(counts)"]
    return head + (waitsFor?.lines ?? []) + articles.map { "- \($0)" }
      + (editorial.map { ["", "digests/next.md, as it was used:"] + $0.lines } ?? [])
  }

  private var counts: String {
    let known = DeliveryState.allCases.map(\.rawValue)
    let words = known.compactMap { state in deliveries[state].map { "\($0) \(state)" } }
    return words.isEmpty ? "no messages" : words.joined(separator: ", ")
  }
}

extension OpenSite {
  /// What an issue waits for a person to do; nil where it does not.
  func waiting(_ issue: IssueRecord) throws -> String? {
    if issue.state == .held {
      // A mistake, which is the last, is to be mended before anything is released.
      return try issue.holds.reversed().map { try advice(on: $0, of: issue) }
        .joined(separator: "\n")
    }
    let digest = site.digests.first { $0.name == issue.name.digest }
    guard issue.state == .review, digest?.needsApproval == true, issue.approved == nil
    else { return nil }
    return "\(issue.name) waits for approval: feedgen issues approve \(issue.name)"
  }

  private func advice(on hold: IssueHold, of issue: IssueRecord) throws -> String {
    let name = issue.name
    switch hold {
    case .byHand: return "\(name) is held; to let it go: feedgen issues release \(name)"
    case .gap:
      return "\(name) is held: feedgen did not run for over a day before it fell due. If the "
        + "machine was off: feedgen issues release \(name). If this store is an older copy and the "
        + "issue was sent already: feedgen issues release --already-sent \(name)"
    case .firstSend:
      return "\(name) is held: it is the first that a relay would send, to "
        + "\(issue.deliveries ?? 0) subscribers. Look at it with “feedgen preview”, then: feedgen "
        + "issues approve \(name)" + (try previewAdvice(name))
    case .mistake(let what):
      return "\(name) is held: \(what)\nMend it, then: feedgen issues "
        + "replan \(name)"
    }
  }

  /// What may be done about messages that only the outbox has.
  private func previewAdvice(_ name: IssueName) throws -> String {
    let count = try store.counts(of: nil)[.previewed] ?? 0
    guard count > 0 else { return "" }
    return ". \(count) messages were written to the outbox before, and do not count as sent; to "
      + "leave out what they had: feedgen issues replan --skip-previewed \(name)"
  }
}
