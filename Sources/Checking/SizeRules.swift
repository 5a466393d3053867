/// How large documents may be for those who read them.
enum SizeLimit {
  /// The W3C's validator and some readers take no larger ones.
  static let refused = 5_000_000
  /// Readers on phones load a document whole, every hour.
  static let heavy = 2_000_000
}

extension FeedDocument {
  func findings(ofSize size: Int) -> [Finding] {
    guard size > SizeLimit.heavy else { return [] }
    let largest = entries.max { $0.size < $1.size }
    let megabytes = "\(size / 1_000_000).\(size / 100_000 % 10) MB"
    let advice =
      "\(megabytes), of which the article named here has \((largest?.size ?? 0) / 1000) kB; "
      + "“feeds.entries” or “feeds.content: summary” makes it smaller"
    let finding = largest?.error(advice) ?? error(advice)
    guard size <= SizeLimit.refused else { return [finding] }
    return [finding.asWarning]
  }
}

extension ListedEntry {
  fileprivate var size: Int { (content ?? "").utf8.count + (summary ?? "").utf8.count }
}

extension Finding {
  fileprivate var asWarning: Finding {
    var finding = self
    finding.severity = .warning
    return finding
  }
}
