package import Model

/// What the store knows of a feed.
package struct FeedRecord: Equatable, Sendable {
  package var name: FeedName
  /// The slug that its topic had when the feed was made; empty for the site's feed.
  ///
  /// The feed's id is built on it, and so never changes.
  package var permanentName: String
  /// Where else its documents are expected: under the names of topics renamed or merged.
  package var former: [FormerSlug]
  /// Which of its documents shows which of its positions.
  package var geometry: FeedGeometry
  /// The newest of the `updated` of the entries that its subscription document has shown, of its
  /// deletions and of its own changes; nil for a feed that never had any.
  package var updated: Instant?
  /// When it was first known.
  package var created: Instant

  package init(
    name: FeedName,
    permanentName: String,
    former: [FormerSlug],
    geometry: FeedGeometry,
    updated: Instant?,
    created: Instant
  ) {
    self.name = name
    self.permanentName = permanentName
    self.former = former
    self.geometry = geometry
    self.updated = updated
    self.created = created
  }
}

/// A slug that a topic no longer goes by, and since when.
package struct FormerSlug: Equatable, Sendable {
  package var slug: Slug
  package var since: Instant

  package init(slug: Slug, since: Instant) {
    self.slug = slug
    self.since = since
  }
}

/// A document of a feed, as the ledger knows it.
package struct DocumentRecord: Equatable, Sendable {
  package var feed: FeedRecord
  package var part: FeedPart
  /// The newest of its entries' `updated` and of its deletions; never moves back.
  package var updated: Instant
  /// The entries that it lists.
  package var entryCount: Int

  package init(feed: FeedRecord, part: FeedPart, updated: Instant, entryCount: Int) {
    self.feed = feed
    self.part = part
    self.updated = updated
    self.entryCount = entryCount
  }
}

/// What the last complete publication of the feeds was made from.
package struct Publication: Equatable, Sendable {
  package var revision: Int64
  /// Of all settings and templates that documents are made with.
  package var fingerprint: String
  /// The checksum of the output folder's manifest; nil where there is none.
  package var output: String?

  package init(revision: Int64, fingerprint: String, output: String?) {
    self.revision = revision
    self.fingerprint = fingerprint
    self.output = output
  }
}

/// Which articles are in which feed, at which position, and which documents show them.
package protocol FeedStore: AnyObject, Sendable {
  /// Gives releases to the articles whose date has come, in the order of their dates, and brings
  /// every feed's membership up to date: positions for those that join, holes for those that left.
  ///
  /// - Parameters:
  ///   - asOf: the instant up to which dates have come.
  ///   - blockSize: the positions of a block; fixed by the first call.
  /// - Returns: how many articles were released.
  @discardableResult
  func release(asOf: Instant, blockSize: Int) throws -> Int

  /// Divides the positions into blocks of another size, which makes all archives anew.
  func renumber(blockSize: Int) throws

  /// Every feed: the site's first, then the topics' in the site's order.
  func feeds() throws -> [FeedRecord]

  /// The documents that show what changed after a revision; all of them where it is nil.
  func documents(changedAfter revision: Int64?) throws -> [DocumentRecord]

  /// Visits the entries of documents, each once, newest first (by `published`, then `id`
  /// descending), with the places of the documents that list it.
  func eachEntry(
    of documents: [DocumentRecord],
    _ visit: (borrowing ArticleRow) throws -> Void
  ) throws

  /// What has left each of some documents, newest first.
  ///
  /// A subscription document names each until the feed has moved on by as much as it shows,
  /// wherever the article stood: who follows the feed sees no other document.
  func tombstones(of documents: [DocumentRecord]) throws -> [[Tombstone]]

  /// Visits the visible articles without an address of their own, of which each has a page.
  func eachPage(
    changedAfter revision: Int64?,
    _ visit: (borrowing ArticleRow) throws -> Void
  ) throws

  /// The articles whose pages are to go, by the names of these pages.
  func gonePages() throws -> [Slug]

  /// The names that topics had, with their instants; all of them.
  func formerSlugs() throws -> [FormerSlug]

  func publication() throws -> Publication?

  /// Records that all documents and pages now show what the store had at a revision.
  func recordPublication(_ publication: Publication) throws
}
