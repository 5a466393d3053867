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
  /// The revision of the last change to anything that its subscription document shows.
  package var changed: Int64
  /// The newest of its entries' `updated` and of its deletions; nil for a feed that never had one.
  package var updated: Instant?
  /// When it was first known.
  package var created: Instant

  package init(
    name: FeedName,
    permanentName: String,
    former: [FormerSlug],
    changed: Int64,
    updated: Instant?,
    created: Instant
  ) {
    self.name = name
    self.permanentName = permanentName
    self.former = former
    self.changed = changed
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

/// A file in the output folder that feedgen wrote.
package struct DocumentRecord: Equatable, Sendable {
  /// Below the output folder.
  package var path: String
  package var sha256: [UInt8]
  package var size: Int64
  /// The store's revision that it shows.
  package var revision: Int64
  /// What it was rendered with: renderer, settings, templates.
  package var fingerprint: String

  package init(path: String, sha256: [UInt8], size: Int64, revision: Int64, fingerprint: String) {
    self.path = path
    self.sha256 = sha256
    self.size = size
    self.revision = revision
    self.fingerprint = fingerprint
  }
}

/// What the last complete publication of the feeds was made from.
package struct Publication: Equatable, Sendable {
  package var revision: Int64
  package var fingerprint: String

  package init(revision: Int64, fingerprint: String) {
    self.revision = revision
    self.fingerprint = fingerprint
  }
}

/// Which articles are in which feed, at which position, and which documents show them.
package protocol FeedStore: AnyObject, Sendable {
  /// Gives releases to the articles whose date has come, in the order of their dates, and brings
  /// every feed's membership up to date: positions for those that join, holes for those that left.
  ///
  /// - Parameters:
  ///   - asOf: the instant up to which dates have come.
  ///   - blockSize: the entries of a block; fixed by the first call.
  /// - Returns: how many articles were released.
  @discardableResult
  func release(asOf: Instant, blockSize: Int) throws -> Int

  /// Every feed: the site's first, then the topics' in the site's order.
  func feeds() throws -> [FeedRecord]

  /// Visits the entries of the feeds' subscription documents, each once, newest first (by
  /// `published`, then `id` descending).
  func eachEntry(
    of feeds: Set<FeedName>,
    _ visit: (borrowing ArticleRow) throws -> Void
  ) throws

  /// What left the part of the feed that its subscription document shows, newest first.
  func tombstones(of feed: FeedName) throws -> [Tombstone]

  func publication() throws -> Publication?
  func documents() throws -> [DocumentRecord]
  /// Records what now lies in the output folder, and what it was all made from.
  func recordPublication(_ publication: Publication, documents: [DocumentRecord]) throws
}
