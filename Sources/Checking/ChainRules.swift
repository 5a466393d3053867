import Model

/// What is kept of a document to see how it hangs together with the others of its feed.
struct ChainMember {
  var path: String
  var part: FeedPart
  var format: FeedFormat
  var id: String?
  var previous: String?
  var next: String?
  var current: String?
  var isArchive: Bool
  var isComplete: Bool
  /// Kept of one format only, since the others have the same.
  var entries: [String]

  init(_ document: FeedDocument, keepingEntries: Bool) {
    path = document.path
    part = document.file.place.part
    format = document.file.place.format
    id = document.id
    previous = document.link("prev-archive")
    next = document.link("next-archive")
    current = document.link("current")
    isArchive = document.isArchive
    isComplete = document.isComplete
    entries = keepingEntries ? document.entries.map(\.id) : []
  }

  func error(_ message: String, article: String? = nil) -> Finding {
    Finding(severity: .error, path: path, article: article, message: message)
  }
}

/// The documents of a feed in one format: a subscription document, and archive documents that
/// links lead to (RFC 5005 §4).
struct Chain {
  private let members: [ChainMember]
  private let byAddress: [String: ChainMember]
  private let base: String

  /// - Parameters:
  ///   - members: all that are published.
  ///   - base: the address of the output folder.
  init(_ members: [ChainMember], base: String) {
    self.members = members
    self.base = base
    byAddress = Dictionary(members.map { (base + $0.path, $0) }) { first, _ in first }
  }

  var findings: [Finding] {
    guard let head = members.first(where: { $0.part == .subscription }) else {
      return members.prefix(1).map { $0.error("archived, but its feed's own document is missing") }
    }
    let (walked, interruption) = walk(from: head)
    let reached = Set(walked.map(\.path))
    // Behind a broken link everything is out of reach, which need not be said of each.
    let unreached = interruption == nil ? members.filter { !reached.contains($0.path) } : []
    return (interruption.map { [$0] } ?? [])
      + unreached.map { $0.error("no other document leads to it; readers never see it") }
      + members.flatMap { roleFindings(of: $0, head: head) }
      + zip(walked, walked.dropFirst()).flatMap(returnFindings)
      + repeatedEntries(in: walked)
  }

  /// Follows the links to older documents, as readers do that want everything.
  private func walk(from head: ChainMember) -> ([ChainMember], Finding?) {
    var walked = [head]
    var seen: Set<String> = [head.path]
    while let address = walked.last?.previous, let last = walked.last {
      guard let older = byAddress[address] else {
        return (walked, last.error("leads to \(address), which is not published"))
      }
      guard seen.insert(older.path).inserted else {
        return (walked, last.error("leads back to \(older.path); readers walk in a circle"))
      }
      walked.append(older)
    }
    return (walked, nil)
  }

  private func roleFindings(of member: ChainMember, head: ChainMember) -> [Finding] {
    var findings: [Finding] = []
    if member.id != head.id { findings.append(member.error("its feed id is not \(head.path)'s")) }
    if member.isComplete, member.previous != nil {
      findings.append(member.error("says that it is complete, and leads to older entries"))
    }
    guard member.format != .json else { return findings }
    let isArchive = member.part != .subscription
    if member.isArchive != isArchive {
      findings.append(
        member.error(isArchive ? "does not say that it is an archive" : "says it is an archive")
      )
    }
    if isArchive, member.current != base + head.path {
      findings.append(member.error("its link to the current document is not to \(head.path)"))
    }
    return findings
  }

  /// The way back has to be the way there.
  private func returnFindings(_ newer: ChainMember, _ older: ChainMember) -> [Finding] {
    guard older.format != .json else { return [] }
    let wanted = newer.part == .subscription ? nil : base + newer.path
    guard older.next != wanted else { return [] }
    return [older.error("its link to the next archive is not to \(newer.path)")]
  }

  private func repeatedEntries(in walked: [ChainMember]) -> [Finding] {
    var homes: [String: String] = [:]
    var findings: [Finding] = []
    for member in walked {
      for id in member.entries {
        if let other = homes.updateValue(member.path, forKey: id), other != member.path {
          findings.append(member.error("listed in \(other) too; readers see it twice", article: id))
        }
      }
    }
    return findings
  }
}
