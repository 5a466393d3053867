package import Store

/// What is known of a source on the web.
package struct SourceStatus: Sendable {
  package var address: String
  /// Nil while it was never asked.
  package var state: RemoteSourceState?

  /// The sources on the web that the configuration names, in its order.
  package static func all(
    of sources: [ArticleSource],
    in store: any RemoteSourceStore
  ) throws -> [SourceStatus] {
    let known = try store.remoteSources()
    return sources.filter(\.isRemote).map { source in
      SourceStatus(address: source.name, state: known[source.storeName])
    }
  }
}
