/// Why a store could not do what it was asked.
package enum StoreError: Error, Equatable, CustomStringConvertible {
  /// Written by a newer feedgen than this.
  case newer(path: String, found: Int, known: Int)
  /// Not a store of feedgen's, or damaged.
  case damaged(path: String, detail: String)
  /// It cannot be reached or opened.
  case unavailable(path: String, detail: String)
  /// The disk is full, or cannot be written to.
  case cannotWrite(path: String, detail: String)
  /// It belongs to another site.
  case otherSite(path: String, found: String, expected: String)
  /// It was made with other keys.
  case otherKeys(path: String)
  /// A topic was removed from the configuration that articles or subscribers still have.
  case topicInUse(slug: String, articles: Int, subscribers: Int)
  /// The block size of the configuration is not the one that readers' archives were built with.
  case blockSizeChanged(stored: Int, configured: Int)

  package var description: String {
    switch self {
    case .newer(let path, let found, let known):
      "\(path): written by a newer feedgen (format \(found), this one knows \(known)); "
        + "install that version or a later one"
    case .damaged(let path, let detail):
      "\(path): damaged or not a feedgen store (\(detail)); restore it from a backup"
    case .unavailable(let path, let detail):
      "\(path): cannot be opened (\(detail))"
    case .cannotWrite(let path, let detail):
      "\(path): cannot be written (\(detail)); free some space or mend its permissions"
    case .otherSite(let path, let found, let expected):
      "\(path): belongs to the site \(found), not to \(expected); an id never changes"
    case .otherKeys(let path):
      "\(path): was made with other keys than those in keys/, so nobody who left would be known; "
        + "restore keys/ from the backup that the store comes from"
    case .topicInUse(let slug, let articles, let subscribers):
      "topics: “\(slug)” is gone, but \(articles) articles and \(subscribers) subscribers have it; "
        + "name it in another topic's “was”, or keep it with “retired: true”"
    case .blockSizeChanged(let stored, let configured):
      "feeds.entries: is \(configured), but the feeds were built with \(stored), "
        + "and archives that readers know would shift; set it back to \(stored), "
        + "or run “feedgen publish --renumber” once"
    }
  }
}
