import Importing
import Model
import Store

/// A source on the web, what is known of it, and what becomes of that in this run.
struct RemoteVisit {
  private let context: ImportContext
  private let source: RemoteSource
  private let kind: RemoteQuestion.Kind
  private let name: String
  private let wasRead: Bool
  private var state: RemoteSourceState
  /// Documents of the back catalogue that were read in this run.
  private var archives: Set<String> = []
  /// Entries that a newer document takes back.
  private var withdrawn: Set<String> = []
  private var isInArchives = false
  private var hasLeftArchives = false

  /// More than any publication has; a circle of documents ends earlier.
  private static let mostArchives = 500
  /// A source is asked at least so often.
  private static let longestRest = Interval.hours(24)

  init?(_ source: ArticleSource, _ known: [String: RemoteSourceState], _ context: ImportContext) {
    switch source {
    case .folder, .export: return nil
    case .feed(let remote): (self.source, kind) = (remote, .feed)
    case .page(let remote): (self.source, kind) = (remote, .page)
    }
    self.context = context
    name = source.storeName
    wasRead = known[name].map { !$0.reading.isEmpty } ?? false
    state =
      known[name]
      ?? RemoteSourceState(reading: "", notBefore: Instant(seconds: 0))
  }

  var notBefore: Instant { state.notBefore }

  /// What the store is to know of the source.
  var noted: (source: String, state: RemoteSourceState) { (name, state) }

  var trouble: SourceTrouble? {
    state.trouble.map {
      SourceTrouble(
        source: source.address,
        reason: $0,
        isPassing: state.isPassing && state.failures < 3
      )
    }
  }

  /// Whether documents of the back catalogue are still to be read.
  var hasMore: Bool { state.failures == 0 && state.earlier != nil && !hasLeftArchives }

  var question: RemoteQuestion {
    if isInArchives, let earlier = state.earlier { return RemoteQuestion(earlier, kind) }
    // What was read in another way is asked for whole.
    let isSame = state.reading == context.reading(source.topics)
    return RemoteQuestion(
      source.address,
      kind,
      etag: isSame ? state.etag : nil,
      lastModified: isSame ? state.lastModified : nil
    )
  }

  /// Takes what the source answered.
  mutating func take(_ answer: RemoteAnswer) throws -> ImportReport {
    switch answer {
    case .unchanged(let maxAge):
      // What was wrong with the version that was read still is.
      let lasting = state.failures == 0 ? state.trouble : nil
      succeed(nextIn: maxAge)
      state.trouble = lasting
      isInArchives = true
      return ImportReport()
    case .trouble(let reason, _, let isPassing) where isInArchives:
      leaveArchives(reason, isPassing: isPassing)
      return ImportReport()
    case .trouble(let reason, let retryAfter, let isPassing):
      fail(reason, isPassing: isPassing, retryAfter: retryAfter)
      return ImportReport()
    case .document(let document):
      do {
        return try kind == .feed ? readFeed(document) : readPage(document)
      } catch let problem as Problem {
        fail(problem.message, isPassing: false, retryAfter: nil)
        return ImportReport()
      }
    }
  }

  private mutating func readFeed(_ document: RemoteDocument) throws -> ImportReport {
    let feed = try FeedDocument(
      reading: document.bytes,
      contentType: document.contentType,
      at: document.address,
      in: context.site.zone
    )
    let report = try takeEntries(of: feed, in: document.address)
    if isInArchives {
      archives.insert(document.address)
    } else {
      settle(document, patience: feed.patience, fault: feed.fault, report.problems)
    }
    if isInArchives || !wasRead { state.earlier = feed.earlier.flatMap(isWorthReading) }
    isInArchives = true
    return told(report)
  }

  private mutating func takeEntries(
    of feed: FeedDocument,
    in place: String
  ) throws -> ImportReport {
    var entries = EntryImport(context, source: name, source.topics, isPartial: true)
    for var entry in feed.entries where !entry.isLocked && !withdrawn.contains(entry.key) {
      entry.attribution = entry.attribution ?? feed.attribution(outside: context.site)
      entry.language = entry.language ?? feed.language
      if isInArchives {
        try entries.addOlder(entry, in: place)
      } else {
        try entries.add(entry, in: place)
      }
    }
    for id in feed.deleted { try entries.withdraw(id) }
    withdrawn.formUnion(feed.deleted)
    for reason in feed.skipped { entries.noteSkipped(reason) }
    entries.note(feed.repairs, in: place)
    return try entries.finish()
  }

  /// What of a report is said now: who runs the site can mend nothing in another's feed, and what is
  /// wrong with its entries is kept with the source.
  private func told(_ report: ImportReport) -> ImportReport {
    guard !context.options.isStrict else { return report }
    var report = report
    report.problems = []
    if !context.options.readsAll { report.repairs = [:] }
    return report
  }

  /// Archives that cannot be read now are read by the next run; those that are not there, never.
  private mutating func leaveArchives(_ reason: String, isPassing: Bool) {
    hasLeftArchives = true
    guard !isPassing, let earlier = state.earlier else { return }
    state.earlier = nil
    state.trouble = "its older entries were not all read: \(earlier) \(reason)"
    state.isPassing = false
  }

  private func isWorthReading(_ archive: String) -> String? {
    archives.count < RemoteVisit.mostArchives && !archives.contains(archive)
      && archive != source.address ? archive : nil
  }

  private mutating func readPage(_ document: RemoteDocument) throws -> ImportReport {
    let entry = try SourceEntry(
      page: document.bytes,
      contentType: document.contentType,
      of: source.address,
      at: document.address,
      in: context.site.zone
    )
    var entries = EntryImport(context, source: name, source.topics, isPartial: false)
    try entries.add(entry, in: document.address)
    let report = try entries.finish()
    settle(document, patience: nil, fault: nil, report.problems)
    return told(report)
  }

  /// Notes what the source said of the version that was read; one with a fault is read again.
  private mutating func settle(
    _ document: RemoteDocument,
    patience: Interval?,
    fault: Problem?,
    _ problems: [Problem]
  ) {
    state.etag = fault == nil ? document.etag : nil
    state.lastModified = fault == nil ? document.lastModified : nil
    state.reading = context.reading(source.topics)
    succeed(nextIn: [document.maxAge, patience].compactMap { $0 }.max())
    state.trouble = trouble(of: document, fault, problems)
    state.isPassing = false
  }

  /// What is wrong although the source was read.
  private func trouble(
    of document: RemoteDocument,
    _ fault: Problem?,
    _ problems: [Problem]
  ) -> String? {
    if let place = document.movedTo {
      return "has moved for good to \(place): write that in “sources”, and "
        + "“was: [\(source.address)]” with it"
    }
    // A few show what is the matter.
    let faults = ([fault].compactMap { $0 } + problems.prefix(3)).map { problem in
      problem.line.map { "line \($0): \(problem.message)" } ?? problem.message
    }
    return faults.isEmpty ? nil : faults.joined(separator: "; ")
  }

  private mutating func succeed(nextIn stated: Interval?) {
    state.failures = 0
    state.trouble = nil
    let rest = max(source.interval, min(stated ?? source.interval, RemoteVisit.longestRest))
    state.notBefore = context.now.advanced(by: rest)
  }

  /// Each failure doubles the time to the next try.
  private mutating func fail(_ reason: String, isPassing: Bool, retryAfter: Interval?) {
    state.failures += 1
    state.trouble = reason
    state.isPassing = isPassing
    let doubled = source.interval.seconds << Int64(min(state.failures - 1, 10))
    let own = min(Interval(seconds: doubled), RemoteVisit.longestRest)
    let rest = max(own, min(retryAfter ?? own, RemoteVisit.longestRest))
    state.notBefore = context.now.advanced(by: rest)
  }
}

extension FeedDocument {
  /// The feed as whose its entries are named; nil for the publication's own.
  fileprivate func attribution(outside site: Site) -> Attribution? {
    let own = host(of: site.url)
    return host(of: about.link ?? about.feed ?? "") == own ? nil : about
  }
}

private func host(of address: String) -> Substring? {
  let parts = address.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: true)
  guard parts.count > 1 else { return nil }
  return parts[1].hasPrefix("www.") ? parts[1].dropFirst(4) : parts[1]
}
