extension FeedDocument {
  /// Where a document says other than its twin in another format, which must never be.
  func findings(against twin: FeedDocument) -> [Finding] {
    var findings = headFindings(against: twin)
    guard entries.map(\.id) == twin.entries.map(\.id) else {
      return findings + [error("its entries, or their order, are not those of \(twin.path)")]
    }
    for (entry, other) in zip(entries, twin.entries) {
      let differing = entry.differences(from: other)
      guard !differing.isEmpty else { continue }
      findings.append(
        entry.error("not as in \(twin.path): \(differing.joined(separator: ", "))")
      )
    }
    return findings
  }

  private func headFindings(against twin: FeedDocument) -> [Finding] {
    var findings: [Finding] = []
    if title != twin.title { findings.append(error("its title is not that of \(twin.path)")) }
    if let own = updated?.instant, let other = twin.updated?.instant, own != other {
      findings.append(error("its own date is not that of \(twin.path)"))
    }
    return findings
  }
}

extension ListedEntry {
  fileprivate func differences(from other: ListedEntry) -> [String] {
    [
      title == other.title ? nil : "title", address == other.address ? nil : "link",
      published?.instant == other.published?.instant ? nil : "published",
      updated?.instant == other.updated?.instant ? nil : "updated",
      authors == other.authors ? nil : "authors", topics == other.topics ? nil : "topics",
      hasContent(of: other) ? nil : "content",
    ].compactMap { $0 }
  }

  private func hasContent(of other: ListedEntry) -> Bool {
    content == other.content
      || (content ?? described) == (other.content ?? other.described)
  }
}
