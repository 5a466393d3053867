import Importing
import Model
import Store

/// Who an article is: the order of the rules is that of the design's chapter on identity.
extension ImportBatch {
  /// The article that a draft is a new version of; nil for a new one.
  func knownArticle(of draft: ArticleDraft) throws -> Article? {
    if let known = try folderImport.store.article(from: draft.origin) {
      guard draft.statedID == nil || draft.statedID == known.id else {
        throw problem(
          draft,
          "“id” is \(draft.statedID ?? ""), but readers know this article as \(known.id); "
            + "an id never changes: write that one, or none"
        )
      }
      return known
    }
    if let id = draft.statedID { return try articleWithStatedID(id, of: draft) }
    return try renamedArticle(of: draft)
  }

  /// An article whose file has gone and which a new file has the words of, or the title and date.
  private func renamedArticle(of draft: ArticleDraft) throws -> Article? {
    guard !missing.isEmpty else { return nil }
    let source = draft.origin.source
    let store = folderImport.store
    let byWords = try store.missingArticle(of: source, wordsHash: draft.wordsHash)
    let article =
      try byWords
      ?? draft.published.flatMap {
        try store.missingArticle(of: source, title: draft.title, published: $0)
      }
    // The first file to take an article over keeps it: the next is a copy.
    return article.flatMap { ids[$0.id] == nil ? $0 : nil }
  }

  /// The article that has the id which the front matter states, unless its own file is there too.
  private func articleWithStatedID(_ id: String, of draft: ArticleDraft) throws -> Article? {
    let known = try folderImport.store.article(id: id)
    guard let holder = ids[id] ?? known.flatMap({ isFree($0) ? nil : $0.origin })
    else { return known }
    throw problem(
      draft,
      "“id” \(id) is already that of \(holder.key); give one of the two another id"
    )
  }

  private func isFree(_ article: Article) -> Bool {
    article.standing == .vanished
      || (article.origin.source == folderImport.source.name && missing.contains(article.origin.key))
  }

  func slug(for draft: ArticleDraft, replacing old: Article?) throws -> Slug {
    if let stated = draft.statedSlug {
      guard let holder = try holder(of: stated, except: old) else { return stated }
      throw problem(
        draft,
        "“slug” \(stated) is already that of \(holder.key); give one of the two another slug"
      )
    }
    if let old { return old.slug }
    return try firstFree(draft.derivedSlug) { try holder(of: $0, except: nil) == nil }
  }

  private func holder(of slug: Slug, except old: Article?) throws -> Article.Origin? {
    if let origin = slugs[slug] { return origin }
    let holder = try folderImport.store.article(slug: slug)
    return holder?.id == old?.id ? nil : holder?.origin
  }

  func id(for draft: ArticleDraft, _ slug: Slug, replacing old: Article?) throws -> String {
    if let id = old?.id ?? draft.statedID { return id }
    // Another article may have been made with this slug and changed it since.
    let free = try firstFree(slug) { slug in
      let id = minted(slug)
      return try ids[id] == nil && folderImport.store.article(id: id) == nil
    }
    return minted(free)
  }

  private func minted(_ slug: Slug) -> String {
    "\(folderImport.site.id)articles/\(slug)"
  }

  private func firstFree(_ slug: Slug, _ isFree: (Slug) throws -> Bool) rethrows -> Slug {
    var candidate = slug
    var number = 1
    while try !isFree(candidate) {
      number += 1
      candidate = slug.numbered(number)
    }
    return candidate
  }

  private func problem(_ draft: ArticleDraft, _ message: String) -> Problem {
    Problem(path: folderImport.path(draft.origin.key), message: message)
  }
}
