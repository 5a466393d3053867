import Model
import Publishing
import Rendering
import Store

/// Writes what anybody may read of issues: a page for each, their list, and their feed.
struct WebEditionPublication {
  /// After the pages of articles and topics, which they link to.
  private static let pageStage = 2
  /// After the pages that they list.
  private static let listStage = 3

  let store: any WebEditionStore
  let site: Site
  let output: OutputFolder
  let renderer: PageRenderer
  let feed: IssueFeed

  init(store: any WebEditionStore, site: Site, output: OutputFolder, templates: Templates) throws {
    self.store = store
    self.site = site
    self.output = output
    renderer = try PageRenderer(
      site: site,
      templates: templates,
      linksIssues: store.hasWebEditions()
    )
    feed = try IssueFeed(site: site, templates: templates)
  }

  /// Writes the pages that are not what they should be, or all, and with them what lists them.
  ///
  /// - Returns: the files that are to go.
  func write(_ scope: WebEditionScope) throws -> [String] {
    if case .stale = scope, try !store.hasStaleWebEditions() { return [] }
    try store.eachWebEdition(scope) { edition in
      try write(
        renderer.issue(edition),
        to: WebEditionPlace.page(of: edition.name),
        stage: Self.pageStage
      )
    }
    let lists = try writeLists() ? [] : [WebEditionPlace.index, WebEditionPlace.feed]
    return try store.goneWebEditions().map(WebEditionPlace.page) + lists
  }

  /// - Returns: whether there is anything to list.
  private func writeLists() throws -> Bool {
    let heads = try store.webEditionHeads()
    guard !heads.isEmpty else { return false }
    try write(renderer.issues(heads), to: WebEditionPlace.index, stage: Self.listStage)
    var latest: [WebEdition] = []
    try store.eachWebEdition(.latest(IssueFeed.entriesShown)) { latest.append($0) }
    try write(feed.document(of: latest), to: WebEditionPlace.feed, stage: Self.listStage)
    return true
  }

  private func write(_ bytes: [UInt8], to path: String, stage: Int) throws {
    let writer = try output.begin(path, stage: stage)
    try writer.write(bytes.span)
    try output.end(writer)
  }
}
