import Markup
import Model

extension OutputCheck {
  /// Checks a feed: part by part, each in all of its formats, then how they hang together.
  func check(feed files: [FeedFile]) throws {
    var members: [ChainMember] = []
    for part in files.parts {
      var twins = try part.compactMap(read)
      twins = try twins.filter { try !isCopy($0) }
      check(twins)
      members += twins.enumerated().map { ChainMember($1, keepingEntries: $0 == 0) }
    }
    for format in FeedFormat.allCases {
      let chain = Chain(members.filter { $0.format == format }, base: site.feedsURL)
      findings.append(chain.findings)
    }
  }

  /// Checks a document in all of its formats.
  private func check(_ twins: [FeedDocument]) {
    for document in twins {
      findings.append(document.findings(servedAt: site.feedsURL + document.path, now: now))
      checkCount(of: document)
    }
    guard let first = twins.first else { return }
    for entry in first.entries { checkContent(of: entry) }
    for twin in twins.dropFirst() { findings.append(twin.findings(against: first)) }
  }

  /// Whether a document lies under a name that its topic had, where it is the same as under the
  /// present one.
  private func isCopy(_ document: FeedDocument) throws -> Bool {
    let folderName = document.file.place.folder
    guard !folderName.isEmpty, !site.topics.contains(where: { $0.slug.text == folderName }),
      let own = document.link("self"), own.hasPrefix(site.feedsURL)
    else { return false }
    let original = String(own.dropFirst(site.feedsURL.count))
    if original == document.path { return false }
    if try folder.contents(original) != folder.contents(document.path) {
      findings.append([document.error("not the same as \(original), which it stands for")])
    }
    return true
  }

  /// Checks the content of an entry, unless another document has the same.
  private func checkContent(of entry: ListedEntry) {
    var hasher = Hasher()
    hasher.combine(entry.address)
    hasher.combine(entry.content ?? entry.described)
    guard seenContents.insert(hasher.finalize()).inserted else { return }
    findings.append(entry.contentFindings)
  }

  private func checkCount(of document: FeedDocument) {
    guard let count = entryCounts[document.path], count != document.entries.count else { return }
    let message = "lists \(document.entries.count) articles, and the store has \(count) for it"
    findings.append([document.error("\(message); “feedgen publish --verify” writes it again")])
  }

  private func read(_ file: FeedFile) throws -> FeedDocument? {
    guard let bytes = try folder.contents(file.path) else { return nil }
    let document = read(bytes, of: file)
    if let document { findings.append(document.findings(ofSize: bytes.count)) }
    return document
  }

  private func read(_ bytes: [UInt8], of file: FeedFile) -> FeedDocument? {
    switch file.place.format {
    case .atom:
      readXML(bytes, file.path) { tree, grammars in
        let document = FeedDocument(atom: tree.root, file: file)
        return (document.finding(grammars.atom.violations(in: tree)), document)
      }
    case .rss:
      readXML(bytes, file.path) { tree, grammars in
        let document = FeedDocument(rss: tree.root, file: file)
        return (document.finding(grammars.rss.violations(in: tree)), document)
      }
    case .json: readJSON(bytes, file)
    }
  }

  private func readJSON(_ bytes: [UInt8], _ file: FeedFile) -> FeedDocument? {
    do {
      return try FeedDocument(json: bytes, file: file)
    } catch {
      let message = "not a JSON Feed: \(description(ofJSON: error))"
      findings.append(Finding(severity: .error, path: file.path, message: message))
      return nil
    }
  }
}
