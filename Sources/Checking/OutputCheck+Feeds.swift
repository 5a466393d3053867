import Markup
import Model

extension OutputCheck {
  /// Checks a feed: part by part, each in all of its formats, then how they hang together.
  func check(feed files: [PlacedFile]) throws {
    var members: [FeedFormat: [ChainMember]] = [:]
    for (_, twins) in Dictionary(grouping: files, by: \.place.part).sorted(by: isBefore) {
      var first: FeedDocument?
      for file in twins.sorted(by: { $0.order < $1.order }) {
        guard let document = try read(file) else { continue }
        if try isCopy(document, file) { continue }
        findings.append(document.findings(servedAt: site.feedsURL + file.path, now: now))
        checkCount(of: document)
        if let first {
          findings.append(document.findings(against: first))
        } else {
          for entry in document.entries { checkContent(of: entry) }
        }
        members[file.place.format, default: []].append(
          ChainMember(document, at: file.place, keepingEntries: first == nil)
        )
        first = first ?? document
      }
    }
    for format in FeedFormat.allCases {
      findings.append(Chain(members[format] ?? [], base: site.feedsURL).findings)
    }
  }

  /// Whether a document lies under a name that its topic had, where it is the same as under the
  /// present one.
  private func isCopy(_ document: FeedDocument, _ file: PlacedFile) throws -> Bool {
    guard !file.place.folder.isEmpty,
      !site.topics.contains(where: { $0.slug.text == file.place.folder }),
      let own = document.link("self"), own.hasPrefix(site.feedsURL)
    else { return false }
    let original = String(own.dropFirst(site.feedsURL.count))
    if original == file.path { return false }
    if try folder.contents(original) != folder.contents(file.path) {
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

  private func read(_ file: PlacedFile) throws -> FeedDocument? {
    guard let bytes = try folder.contents(file.path) else { return nil }
    let document: FeedDocument?
    switch file.place.format {
    case .atom:
      document = readXML(bytes, file.path) { tree, grammars in
        let document = FeedDocument(atom: tree.root, path: file.path)
        return (document.finding(grammars.atom.violations(in: tree)), document)
      }
    case .rss:
      document = readXML(bytes, file.path) { tree, grammars in
        let document = FeedDocument(rss: tree.root, path: file.path)
        return (document.finding(grammars.rss.violations(in: tree)), document)
      }
    case .json: document = readJSON(bytes, file.path)
    }
    if let document { findings.append(document.findings(ofSize: bytes.count)) }
    return document
  }

  private func readJSON(_ bytes: [UInt8], _ path: String) -> FeedDocument? {
    do {
      return try FeedDocument(json: bytes, path: path)
    } catch {
      let message = "not a JSON Feed: \(description(ofJSON: error))"
      findings.append(Finding(severity: .error, path: path, message: message))
      return nil
    }
  }
}
