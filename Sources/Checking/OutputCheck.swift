import Markup
package import Model

/// Reads back what was published, one document at a time, and says what is wrong with it.
package final class OutputCheck {
  let site: Site
  let folder: CheckedFolder
  let now: Instant
  let entryCounts: [String: Int]
  let grammars: Grammars
  var findings = FindingList()
  /// Hashes of the contents that were looked at: topics list what the site's feed lists.
  var seenContents: Set<Int> = []

  /// - Parameters:
  ///   - entryCounts: how many entries each document has by the store; empty where the store has
  ///     changed since.
  ///   - now: no date is much later.
  package init(
    of folder: CheckedFolder,
    site: Site,
    entryCounts: [String: Int],
    now: Instant
  ) throws {
    self.site = site
    self.folder = folder
    self.now = now
    self.entryCounts = entryCounts
    grammars = try Grammars()
  }

  package func run() throws -> [Finding] {
    checkPresence()
    let feeds = Dictionary(grouping: folder.paths.compactMap(FeedFile.init)) { $0.place.folder }
    for name in feeds.keys.sorted() { try check(feed: feeds[name] ?? []) }
    for path in folder.paths where path == "feeds.opml" { try checkFeedList(path) }
    for path in folder.paths where path.hasSuffix(".html") { try checkPage(path) }
    return findings.all
  }

  /// The documents that the store has must be there.
  private func checkPresence() {
    let published = Set(folder.paths)
    for path in entryCounts.keys.sorted() where !published.contains(path) {
      findings.append(
        Finding(
          severity: .error,
          path: path,
          message: "missing; “feedgen publish --verify” writes it"
        )
      )
    }
  }
}

extension OutputCheck {
  /// Reads an XML document; one that is not well-formed is reported.
  ///
  /// - Parameter body: gives what the grammar has against it, and what is read.
  func readXML<Value>(
    _ bytes: [UInt8],
    _ path: String,
    _ body: (borrowing XMLTree, borrowing Grammars) -> (Finding?, Value)
  ) -> Value? {
    do {
      let (finding, value) = try body(XMLTree(parsing: bytes), grammars)
      if let finding { findings.append(finding) }
      return value
    } catch .notWellFormed(let fault) {
      findings.append(
        Finding(
          severity: .error,
          path: path,
          line: fault.line,
          article: lastID(in: bytes, upToLine: fault.line),
          message: "not well-formed, so that no reader shows it: \(fault.message)"
        )
      )
    } catch {
      findings.append(Finding(severity: .error, path: path, message: "\(error)"))
    }
    return nil
  }
}
