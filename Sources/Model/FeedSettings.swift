/// How feeds are written.
package struct FeedSettings: Hashable, Sendable {
  package enum Content: String, CaseIterable, Sendable {
    case full, summary
  }

  /// The size of a block: a subscription document has this many entries, and at most twice as
  /// many less one.
  package var entries: Int
  package var content: Content
  package var formats: [FeedFormat]
  /// Whether what is older than the subscription document can be read in archive documents.
  package var hasArchives: Bool
  /// Whether each document has a compressed copy beside it, for web servers that send such.
  package var isPrecompressed: Bool
  /// The WebSub hubs that are told of changes.
  package var hubs: [String]

  package init(
    entries: Int = 50,
    content: Content = .full,
    formats: [FeedFormat] = FeedFormat.allCases,
    hasArchives: Bool = true,
    isPrecompressed: Bool = false,
    hubs: [String] = []
  ) {
    self.entries = entries
    self.content = content
    self.formats = formats
    self.hasArchives = hasArchives
    self.isPrecompressed = isPrecompressed
    self.hubs = hubs
  }
}
