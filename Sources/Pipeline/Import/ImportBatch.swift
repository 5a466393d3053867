import Importing
import Model
import Store

/// Changes that are decided one after the other and written together.
struct ImportBatch {
  let context: ImportContext
  /// The name of the source in the store.
  let source: String
  /// The files that the store knows and the folder lacks.
  let missing: Set<String>
  private var changes: [ArticleChange] = []
  /// How many bytes the changes hold.
  private var size = 0
  /// Names given in this batch, which the store does not know yet.
  var slugs: [Slug: Article.Origin] = [:]
  var ids: [String: Article.Origin] = [:]

  /// More than this waits in memory for no write.
  private static let largest = 8_000_000

  init(_ context: ImportContext, source: String, missing: Set<String> = []) {
    self.context = context
    self.source = source
    self.missing = missing
  }

  mutating func write() throws {
    try context.store.write(changes, asOf: context.asOf)
    changes = []
    size = 0
    slugs = [:]
    ids = [:]
  }

  /// Decides what becomes of an article.
  ///
  /// - Parameters:
  ///   - draft: what the source says.
  ///   - path: where, for messages.
  ///   - stamp: what its file looks like; nil for what is no file.
  mutating func add(
    _ draft: ArticleDraft,
    in path: String,
    stamp: FileStamp?? = nil,
    _ report: inout ImportReport
  ) throws {
    switch try knownArticle(of: draft, in: path) {
    case .elsewhere(let known):
      report.elsewhere += 1
      if let known { addTopics(of: draft, to: known, &report) }
    case .new: try put(draft, replacing: nil, in: path, stamp, &report)
    case .known(let old) where draft.isKnown(as: old): adopt(draft, old, &report)
    case .known(let old): try take(draft, replacing: old, in: path, stamp, &report)
    }
    if changes.count >= batchSize / 2 || size > ImportBatch.largest { try write() }
  }

  private mutating func take(
    _ draft: ArticleDraft,
    replacing old: Article,
    in path: String,
    _ stamp: FileStamp??,
    _ report: inout ImportReport
  ) throws {
    if old.standing == .deleted { report.heldBack.append(draft.origin.key) }
    if old.origin == draft.origin, draft.isSame(as: old, derivation: ArticleReader.derivation) {
      if let stamp { changes.append(.touch(draft.origin, stamp: stamp)) }
      report.unchanged += 1
    } else {
      try put(draft, replacing: old, in: path, stamp, &report)
    }
  }

  /// An entry of two feeds, as of two categories of one site, has the topics of both.
  private mutating func addTopics(
    of draft: ArticleDraft,
    to known: Article,
    _ report: inout ImportReport
  ) {
    let missing = draft.topics.filter { !known.topics.contains($0) }
    guard draft.isPartial, SourceKind(ofSource: known.origin.source) == .feed, !missing.isEmpty
    else { return }
    var article = known
    article.topics += missing
    changes.append(.put(article, stamp: nil, isArchive: false))
    report.changed += 1
  }

  private mutating func adopt(_ draft: ArticleDraft, _ old: Article, _ report: inout ImportReport) {
    let article = draft.adopted(old)
    changes.append(.move(id: old.id, to: article.origin))
    changes.append(.put(article, stamp: nil, isArchive: false))
    ids[article.id] = article.origin
    report.adopted += 1
  }

  private mutating func put(
    _ draft: ArticleDraft,
    replacing old: Article?,
    in path: String,
    _ stamp: FileStamp??,
    _ report: inout ImportReport
  ) throws {
    let slug = try slug(for: draft, replacing: old, in: path)
    let article = draft.article(
      id: try id(for: draft, slug, replacing: old),
      slug: slug,
      replacing: old,
      derivation: ArticleReader.derivation,
      asOf: context.asOf
    )
    report.note(draft.repairs, in: path)
    size += article.content.utf8.count + article.source.utf8.count
    slugs[article.slug] = article.origin
    ids[article.id] = article.origin
    let isArchive = old == nil && isArchiveMaterial(article)
    if let old, old.origin != article.origin {
      changes.append(.move(id: old.id, to: article.origin))
    }
    changes.append(.put(article, stamp: stamp ?? nil, isArchive: isArchive))
    report.note(article, replacing: old, isArchive: isArchive, isDated: draft.published != nil)
    if old == nil { report.noteArrival(of: article, in: context.site.zone) }
  }

  private func isArchiveMaterial(_ article: Article) -> Bool {
    switch context.options.oldArticles {
    case .archive: true
    case .intoDigest: false
    case .automatic:
      !context.isFirst && context.asOf.since(article.published) > context.site.lookback
    }
  }
}

extension Site {
  /// How far a digest looks back: one cadence, and a week for articles that come late.
  var lookback: Interval {
    let cadences = digests.map(\.schedule.cadence)
    if cadences.contains(.monthly) { return .days(31 + 7) }
    return cadences.contains(.weekly) || cadences.isEmpty ? .days(14) : .days(8)
  }
}

extension ImportReport {
  fileprivate mutating func note(
    _ article: Article,
    replacing old: Article?,
    isArchive: Bool,
    isDated: Bool
  ) {
    let key = article.origin.key
    guard let old else {
      added += 1
      archived += isArchive ? 1 : 0
      if !isDated { undated.append(key) }
      return
    }
    changed += 1
    if old.origin.source != article.origin.source {
      adopted += 1
    } else if old.origin.key != key {
      renamed.append(key)
    }
    if old.standing == .published && article.standing == .draft { withdrawn.append(key) }
    if old.standing != .published && article.standing == .published { returned.append(key) }
  }
}
