import Importing
import Model
import Store

/// Changes that are decided one after the other and written together.
struct ImportBatch {
  let folderImport: FolderImport
  /// The files that the store knows and the folder lacks.
  let missing: Set<String>
  private var changes: [ArticleChange] = []
  /// Names given in this batch, which the store does not know yet.
  var slugs: [Slug: Article.Origin] = [:]
  var ids: [String: Article.Origin] = [:]

  init(_ folderImport: FolderImport, missing: Set<String>) {
    self.folderImport = folderImport
    self.missing = missing
  }

  mutating func write() throws {
    try folderImport.store.write(changes, asOf: folderImport.asOf)
    changes = []
    slugs = [:]
    ids = [:]
  }

  /// Decides what becomes of an article.
  mutating func add(
    _ draft: ArticleDraft,
    _ stamp: FileStamp?,
    _ report: inout ImportReport
  ) throws {
    if !draft.repairs.isEmpty {
      report.repairs[folderImport.path(draft.origin.key)] = draft.repairs
    }
    let old = try knownArticle(of: draft)
    if old?.standing == .deleted { report.heldBack.append(draft.origin.key) }
    if let old, old.origin == draft.origin,
      draft.isSame(as: old, derivation: ArticleReader.derivation)
    {
      changes.append(.touch(draft.origin, stamp: stamp))
      report.unchanged += 1
    } else {
      try put(draft, replacing: old, stamp, &report)
    }
    if changes.count >= batchSize / 2 { try write() }
  }

  private mutating func put(
    _ draft: ArticleDraft,
    replacing old: Article?,
    _ stamp: FileStamp?,
    _ report: inout ImportReport
  ) throws {
    let slug = try slug(for: draft, replacing: old)
    let article = draft.article(
      id: try id(for: draft, slug, replacing: old),
      slug: slug,
      replacing: old,
      derivation: ArticleReader.derivation,
      asOf: folderImport.asOf
    )
    slugs[article.slug] = article.origin
    ids[article.id] = article.origin
    let isArchive = old == nil && isArchiveMaterial(article)
    if let old, old.origin != article.origin {
      changes.append(.move(id: old.id, to: article.origin))
    }
    changes.append(.put(article, stamp: stamp, isArchive: isArchive))
    report.note(article, replacing: old, isArchive: isArchive, isDated: draft.published != nil)
  }

  private func isArchiveMaterial(_ article: Article) -> Bool {
    switch folderImport.options.oldArticles {
    case .archive: true
    case .intoDigest: false
    case .automatic:
      !folderImport.isFirst
        && folderImport.asOf.since(article.published) > folderImport.site.lookback
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
    if old.origin != article.origin { renamed.append(key) }
    if old.standing == .published && article.standing == .draft { withdrawn.append(key) }
    if old.standing != .published && article.standing == .published { returned.append(key) }
  }
}
