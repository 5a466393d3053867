package import Cryptography
package import Model
package import Rendering
package import Store

/// What the reader's door stands on, and what it may be asked.
package struct ReaderSettings: Sendable {
  /// What keeps strangers from taking all there is.
  package struct Limits: Sendable {
    package var connections = 1000
    /// Of one address, unless it is a trusted proxy's.
    package var connectionsOfAddress = 20
    package var headerBytes = 16_384
    package var headerFields = 64
    package var bodyBytes = 16_384
    /// For a connection on which nothing comes.
    package var idleSeconds: Int64 = 15
    /// For a whole request to come in, however slowly.
    package var requestSeconds: Int64 = 10
    /// For a whole response to be taken.
    package var responseSeconds: Int64 = 120
    /// A person needs longer to fill in a form.
    package var leastFormTime = Interval(seconds: 3)
    /// Requests for a subscription that a network may make at once, and how soon it may make another.
    package var networkBurst = 8
    package var networkPause = Interval.minutes(6)
    /// The same for all networks together.
    package var totalBurst = 300
    package var totalPause = Interval(seconds: 6)

    package init() {}
  }

  package typealias Storage = any ReaderStore & SubscriberStore & PersonalStore

  package var host: String
  package var port: Int
  package var trustedProxies: [IPNetwork]
  package var site: Site
  /// The folder with the feeds.
  package var outputPath: String
  /// The topics that have another name now, by their old ones.
  package var renamed: [Slug: Slug]
  package var store: Storage
  package var tokens: TokenKeys
  package var renderer: DoorRenderer
  /// Nil where no mail is configured: nobody can subscribe.
  package var mail: DoorMail?
  package var limits = Limits()
  package var actions: Actions

  /// What is done elsewhere.
  package struct Actions: Sendable {
    package var now: @Sendable () -> Instant
    /// Reads an address, with a domain in any script.
    package var address: @Sendable (String) -> EmailAddress?
    /// Told that a message waits to be sent.
    package var send: @Sendable () -> Void
    /// The day of the next letter of a cadence.
    package var nextLetter: @Sendable (Cadence) throws -> CivilDate?
    /// What can be seen of an issue, and decided about it; nil where there is none.
    package var issue: @Sendable (IssueName) throws -> IssueReview?
    /// Decides about an issue, unless that is not possible any more, or it has another plan.
    package var decide: @Sendable (IssueDecision, IssueReview) throws -> Void
    /// Where the latest issue can be read; nil where there is none yet.
    package var latestIssue: @Sendable () throws -> String?

    package init(
      now: @escaping @Sendable () -> Instant,
      address: @escaping @Sendable (String) -> EmailAddress?,
      send: @escaping @Sendable () -> Void,
      nextLetter: @escaping @Sendable (Cadence) throws -> CivilDate?,
      issue: @escaping @Sendable (IssueName) throws -> IssueReview?,
      decide: @escaping @Sendable (IssueDecision, IssueReview) throws -> Void,
      latestIssue: @escaping @Sendable () throws -> String?
    ) {
      self.now = now
      self.address = address
      self.send = send
      self.nextLetter = nextLetter
      self.issue = issue
      self.decide = decide
      self.latestIssue = latestIssue
    }
  }

  package init(
    host: String,
    port: Int,
    trustedProxies: [IPNetwork] = [],
    site: Site,
    outputPath: String,
    renamed: [Slug: Slug] = [:],
    store: Storage,
    tokens: TokenKeys,
    renderer: DoorRenderer,
    mail: DoorMail?,
    actions: Actions
  ) {
    self.host = host
    self.port = port
    self.trustedProxies = trustedProxies
    self.site = site
    self.outputPath = outputPath
    self.renamed = renamed
    self.store = store
    self.tokens = tokens
    self.renderer = renderer
    self.mail = mail
    self.actions = actions
  }
}
