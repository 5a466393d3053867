import Model
import Publishing
import Rendering
import Store

/// Writes what stands around the feeds: pages for people, the list of all feeds.
struct PagePublication {
  /// After the feeds, which they link to.
  private static let stage = 2

  let store: any FeedStore
  let site: Site
  let output: OutputFolder
  let renderer: PageRenderer

  /// Writes the pages of the feeds whose subscription documents were written.
  ///
  /// - Parameter newest: the newest entries of these feeds.
  func writeIndexes(of documents: [DocumentRecord], newest: [FeedName: [Entry]]) throws {
    for document in documents where document.part == .subscription {
      let head = document.feed.head(of: site, updated: document.updated)
      let page = renderer.index(of: head, entries: newest[document.feed.name] ?? [])
      try write(page, to: document.feed.name.folder + "index.html")
    }
  }

  /// Writes the pages of the articles that changed after a revision, or of all.
  func writeArticles(changedAfter revision: Int64?) throws {
    try store.eachPage(changedAfter: revision) { row in
      let page = row.withContent { renderer.article(row.entry, content: $0) }
      try write(page, to: pagePath(of: row.entry.slug))
    }
  }

  /// Writes the list of all feeds, for readers that take them over at once (OPML 2.0).
  func writeFeedList() throws {
    let heads = try store.feeds().map { $0.head(of: site, updated: $0.updated ?? $0.created) }
    try write(opml(of: heads, site: site), to: "feeds.opml")
  }

  /// Writes what changes with the settings only: the stylesheet, and how nginx serves all this.
  func writeFixed() throws {
    try write(renderer.stylesheet(), to: "site.css")
    let renamed = try store.feeds().flatMap { feed in
      feed.former.compactMap { former in feed.name.topic.map { (old: former.slug, new: $0) } }
    }
    try write(nginxSnippet(site: site, renamed: renamed), to: ".nginx.conf")
  }

  private func write(_ bytes: [UInt8], to path: String) throws {
    let writer = try output.begin(path, stage: PagePublication.stage)
    try writer.write(bytes.span)
    try output.end(writer)
  }
}
