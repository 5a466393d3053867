import Markup
import Model

extension FeedDocument {
  /// What is wrong with a document, looked at alone.
  ///
  /// - Parameters:
  ///   - address: where it is served.
  ///   - now: no date is much later.
  func findings(servedAt address: String, now: Instant) -> [Finding] {
    headFindings(servedAt: address) + dateFindings(now: now) + idFindings + orderFindings
      + entries.flatMap { $0.findings(now: now) }
  }

  private func headFindings(servedAt address: String) -> [Finding] {
    var findings: [Finding] = []
    if looksEmpty(title) { findings.append(error("the feed has no title; set “title”")) }
    if let id, let fault = fault(ofID: id) { findings.append(error("the feed's id \(fault)")) }
    let own = link("self") ?? ""
    if own != address {
      findings.append(
        error("its self link is “\(own)”, but it is served at \(address); see “feeds_url”")
      )
    }
    if !isWebAddress(home ?? "") {
      findings.append(error("no absolute link to the page for people; see “url”"))
    }
    return findings
      + links.filter { !isWebAddress($0.address) }.map {
        error("its link \($0.rel), “\($0.address)”, is not an absolute address", line: $0.line)
      }
  }

  private func dateFindings(now: Instant) -> [Finding] {
    guard let updated else { return [] }
    if let (message, severity) = fault(of: updated, now: now) {
      return [Finding(severity: severity, path: path, message: "updated: \(message)")]
    }
    let newest = entries.max { ($0.updated?.instant).isBefore($1.updated?.instant) }
    guard let newest, let instant = newest.updated?.instant, let own = updated.instant,
      own < instant
    else { return [] }
    return [newest.error("updated after the feed itself (\(updated.text)); readers may skip it")]
  }

  private var idFindings: [Finding] {
    var seen: Set<String> = []
    let repeated = entries.filter { !seen.insert($0.id).inserted }
    return repeated.map { $0.error("its id was given to another entry of the document before") }
      + tombstones.filter { seen.contains($0.id) }.map {
        error("“\($0.id)” is listed both as an entry and as deleted", line: $0.line)
      }
      + tombstones.filter { $0.left.instant == nil }.map {
        error("the deletion of “\($0.id)” has no date", line: $0.line)
      }
  }

  /// Readers without dates show the order of the document.
  private var orderFindings: [Finding] {
    zip(entries, entries.dropFirst()).filter { newer, older in
      (newer.published?.instant).isBefore(older.published?.instant)
    }.map { _, older in older.error("stands behind an older entry; the newest comes first") }
  }
}

extension Instant? {
  /// Whether both are known, and this is the earlier.
  fileprivate func isBefore(_ other: Instant?) -> Bool {
    guard let self, let other else { return false }
    return self < other
  }
}
