package import Model

/// What is known of a source on the web: when it was asked, and what came of it.
package struct RemoteSourceState: Equatable, Sendable {
  /// What the server said of the version that was read (RFC 9110 §8.8).
  package var etag: String?
  package var lastModified: String?
  /// Names how that version was read; another way has to read it again.
  package var reading: String
  /// It is not asked before.
  package var notBefore: Instant
  /// How often in a row nothing could be read.
  package var failures = 0
  /// What is wrong, for people.
  package var trouble: String?
  /// Whether that is likely to end by itself.
  package var isPassing = false
  /// The document with the entries before those that were read; nil where all have been.
  package var earlier: String?

  package init(reading: String, notBefore: Instant) {
    self.reading = reading
    self.notBefore = notBefore
  }
}

/// What an import asks of a store.
package typealias SourceStore = ArticleStore & RemoteSourceStore

/// What is known of the sources on the web.
package protocol RemoteSourceStore: AnyObject, Sendable {
  /// By the sources' names; those that were never asked are missing.
  func remoteSources() throws -> [String: RemoteSourceState]
  /// Notes states, at most 500 of them.
  func note(_ states: [(source: String, state: RemoteSourceState)]) throws
  /// Gives the articles of a source, and what is known of it, to one with another name.
  func renameSource(_ source: String, to name: String) throws
}
