package import Delivering
package import Importing
package import Model
package import Rendering

extension PublishRun {
  package struct Parts: OptionSet, Sendable {
    package let rawValue: Int

    package init(rawValue: Int) { self.rawValue = rawValue }

    package static let feeds = Parts(rawValue: 1)
    package static let digests = Parts(rawValue: 2)
  }

  /// What a run works on, and with what clock.
  package struct Settings {
    package var site: Site
    package var sources: [ArticleSource]
    /// Asks the sources on the web.
    package var remote: () -> RemoteSources
    package var outputPath: String
    package var parts: Parts
    /// Whether every published file is looked at.
    package var isVerifying: Bool
    package var importing: ImportOptions
    /// The instant that selection, calendar and stored times see.
    package var asOf: Instant
    /// The real time, for what waits.
    package var clock: @Sendable () -> Instant
    /// Where runs note what happens to messages.
    package var journals: JournalFolder
    /// The name under which deliveries are claimed: no two runs have the same.
    package var name: String
    /// Whether messages go to the outbox, where they count as previewed.
    package var isPreviewing: Bool
    /// The key of Message-IDs.
    package var messageKey: [UInt8]
    package var leaveTokens: LeaveTokens
    /// The readers' own pages; nil where no server answers.
    package var readerLinks: ReaderLinks?
    /// Makes each envelope's sender, where it names the delivery.
    package var verp: VERP?
    /// What the editor has written for the next issue; nil where there is no such file.
    package var nextIssue: EditorialFile?
    /// Whether the editor has stopped all mail.
    package var isOnHold: () -> Bool
    package var shouldStop: () -> Bool
    package var progress: (String) -> Void

    package init(
      site: Site,
      sources: [ArticleSource],
      remote: @escaping () -> RemoteSources = { RemoteSources(as: "feedgen", allowing: []) },
      outputPath: String,
      parts: Parts,
      isVerifying: Bool = false,
      importing: ImportOptions,
      asOf: Instant,
      clock: @escaping @Sendable () -> Instant,
      journals: JournalFolder,
      name: String,
      isPreviewing: Bool,
      messageKey: [UInt8],
      leaveTokens: LeaveTokens,
      readerLinks: ReaderLinks? = nil,
      verp: VERP? = nil,
      nextIssue: EditorialFile? = nil,
      isOnHold: @escaping () -> Bool = { false },
      shouldStop: @escaping () -> Bool,
      progress: @escaping (String) -> Void
    ) {
      self.site = site
      self.sources = sources
      self.remote = remote
      self.outputPath = outputPath
      self.parts = parts
      self.isVerifying = isVerifying
      self.importing = importing
      self.asOf = asOf
      self.clock = clock
      self.journals = journals
      self.name = name
      self.isPreviewing = isPreviewing
      self.messageKey = messageKey
      self.leaveTokens = leaveTokens
      self.readerLinks = readerLinks
      self.verp = verp
      self.nextIssue = nextIssue
      self.isOnHold = isOnHold
      self.shouldStop = shouldStop
      self.progress = progress
    }
  }
}
