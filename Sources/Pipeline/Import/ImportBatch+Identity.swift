import Importing
import Model
import Store

/// Who an article is: the order of the rules is that of the design's chapter on identity.
extension ImportBatch {
  /// Which article a draft is about.
  enum Identity {
    case new
    /// A new version of this one.
    case known(Article)
    /// One of another source's, which has the say; nil where it is in this batch.
    case elsewhere(Article?)
  }

  func knownArticle(of draft: ArticleDraft, in path: String) throws -> Identity {
    if let known = try context.store.article(from: draft.origin) {
      // A source that is no folder may change its mind; readers know the article by its first id.
      guard draft.statedID == nil || draft.statedID == known.id || kind < .folder else {
        throw Problem(
          path: path,
          message: "“id” is \(draft.statedID ?? ""), but readers know this article as \(known.id); "
            + "an id never changes: write that one, or none"
        )
      }
      return .known(known)
    }
    if let id = draft.statedID { return try articleWithStatedID(id, of: draft, in: path) }
    return try renamedArticle(of: draft).map(Identity.known) ?? .new
  }

  private var kind: SourceKind { SourceKind(ofSource: source) }

  /// An article whose file has gone and which a new file has the words of, or the title and date.
  private func renamedArticle(of draft: ArticleDraft) throws -> Article? {
    guard !missing.isEmpty else { return nil }
    let store = context.store
    let byWords = try store.missingArticle(of: source, wordsHash: draft.wordsHash)
    let article =
      try byWords
      ?? draft.published.flatMap {
        try store.missingArticle(of: source, title: draft.title, published: $0)
      }
    // The first file to take an article over keeps it: the next is a copy.
    return article.flatMap { ids[$0.id] == nil ? $0 : nil }
  }

  /// The article that has the id which the source states, unless its own file is there too.
  private func articleWithStatedID(
    _ id: String,
    of draft: ArticleDraft,
    in path: String
  ) throws -> Identity {
    let known = try context.store.article(id: id)
    if ids[id] == nil {
      guard let known else { return .new }
      if isFree(known, for: draft) { return .known(known) }
    }
    let holder = ids[id] ?? known?.origin
    guard kind == .folder, SourceKind(ofSource: holder?.source ?? "") == .folder
    else { return .elsewhere(known) }
    throw Problem(
      path: path,
      message: "“id” \(id) is already that of \(holder?.key ?? ""); give one of the two another id"
    )
  }

  /// Whether an article of another file or source is to be this source's from now on.
  private func isFree(_ article: Article, for draft: ArticleDraft) -> Bool {
    let holder = article.origin.source
    if article.standing == .vanished { return true }
    if holder == source { return missing.contains(article.origin.key) }
    let holderKind = SourceKind(ofSource: holder)
    // A summary does not take the place of a text.
    if kind > holderKind { return draft.isWhole || article.content.isEmpty }
    return kind == holderKind && kind > .export && !context.sources.contains(holder)
  }

  func slug(for draft: ArticleDraft, replacing old: Article?, in path: String) throws -> Slug {
    if let stated = draft.statedSlug {
      guard let holder = try holder(of: stated, except: old) else { return stated }
      throw Problem(
        path: path,
        message: "“slug” \(stated) is already that of \(holder.key); give one of the two another "
          + "slug"
      )
    }
    if let old { return old.slug }
    return try firstFree(draft.derivedSlug) { try holder(of: $0, except: nil) == nil }
  }

  private func holder(of slug: Slug, except old: Article?) throws -> Article.Origin? {
    if let origin = slugs[slug] { return origin }
    let holder = try context.store.identity(ofSlug: slug)
    return holder?.id == old?.id ? nil : holder?.origin
  }

  func id(for draft: ArticleDraft, _ slug: Slug, replacing old: Article?) throws -> String {
    if let id = old?.id ?? draft.statedID { return id }
    // Another article may have been made with this slug and changed it since.
    let free = try firstFree(slug) { slug in
      let id = minted(slug)
      return try ids[id] == nil && context.store.identity(ofID: id) == nil
    }
    return minted(free)
  }

  private func minted(_ slug: Slug) -> String {
    "\(context.site.id)articles/\(slug)"
  }

  /// The slug, or the next one with a number: found by halving, as thousands may share a name.
  private func firstFree(_ slug: Slug, _ isFree: (Slug) throws -> Bool) rethrows -> Slug {
    if try isFree(slug) { return slug }
    var (taken, free) = (1, 2)
    while try !isFree(slug.numbered(free)) { (taken, free) = (free, free * 2) }
    while free - taken > 1 {
      let middle = (taken + free) / 2
      if try isFree(slug.numbered(middle)) { free = middle } else { taken = middle }
    }
    return slug.numbered(free)
  }
}

extension ArticleDraft {
  /// The article as it is, known to this source from now on.
  ///
  /// A feed has another text than an export of the same post, rendered and perhaps without its later
  /// pages. So what differs when a feed is first read is no change, unless the feed says that it is
  /// one; what differs later is.
  func adopted(_ old: Article) -> Article {
    var article = old
    article.origin = origin
    article.sourceHash = sourceHash
    article.wordsHash = wordsHash
    article.derivation = ArticleReader.derivation
    return article
  }

  /// Whether the store has the article from a source of another kind, in no older version.
  func isKnown(as old: Article) -> Bool {
    isPartial && SourceKind(ofSource: old.origin.source) < SourceKind(ofSource: origin.source)
      && (updated ?? old.updated) <= old.updated
  }
}
