/// A publication and how it is published: the settings of `feedgen.yaml`, checked.
package struct Site: Sendable {
  package var title: String
  /// The publication's address, ending in a slash.
  package var url: String
  /// Where the output folder is served, ending in a slash.
  package var feedsURL: String
  package var language: Language
  package var zone: Zone
  /// Named where an article has no author.
  package var author: Person
  /// The permanent base of ids: `tag:veille.example.org,2026:` (RFC 4151).
  package var id: String
  package var icon: String?
  package var logo: String?
  package var rights: String?
  package var license: String?
  package var accent: Accent
  package var postalAddress: String?
  package var privacyURL: String?
  package var legalURL: String?

  package var topics: [Topic]
  package var feeds: FeedSettings
  package var digests: [DigestSettings]
  package var mail: MailSettings?
  package var notify = NotifySettings()

  package init(
    title: String,
    url: String,
    feedsURL: String,
    language: Language,
    zone: Zone,
    author: Person,
    id: String,
    icon: String? = nil,
    logo: String? = nil,
    rights: String? = nil,
    license: String? = nil,
    accent: Accent = .standard,
    postalAddress: String? = nil,
    privacyURL: String? = nil,
    legalURL: String? = nil,
    topics: [Topic],
    feeds: FeedSettings = FeedSettings(),
    digests: [DigestSettings] = [],
    mail: MailSettings? = nil
  ) {
    self.title = title
    self.url = url
    self.feedsURL = feedsURL
    self.language = language
    self.zone = zone
    self.author = author
    self.id = id
    self.icon = icon
    self.logo = logo
    self.rights = rights
    self.license = license
    self.accent = accent
    self.postalAddress = postalAddress
    self.privacyURL = privacyURL
    self.legalURL = legalURL
    self.topics = topics
    self.feeds = feeds
    self.digests = digests
    self.mail = mail
  }

  package func topic(_ slug: Slug) -> Topic? {
    topics.first { $0.slug == slug }
  }
}

/// The one colour of a publication, for light and dark backgrounds: `#rrggbb`.
package struct Accent: Hashable, Sendable {
  package var light: String
  package var dark: String

  package init(light: String, dark: String) {
    self.light = light
    self.dark = dark
  }

  package static let standard = Accent(light: "#0f5b63", dark: "#84c6ca")
}

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

/// When a digest goes out, and what is in it.
package struct DigestSettings: Hashable, Sendable {
  /// Its permanent name: `weekly`.
  package var name: String
  package var schedule: Schedule
  /// Later than this after its slot, an issue is not sent any more.
  package var maxLateness: Interval
  /// With fewer articles a subscriber gets no message.
  package var minItems: Int
  /// The most articles in one message.
  package var ceiling: Int
  /// When and by whom an issue is looked at before it goes out.
  package var review: ReviewSettings?
  /// Whether an issue waits until somebody has approved it.
  package var needsApproval: Bool

  package init(
    name: String,
    schedule: Schedule,
    maxLateness: Interval = .days(3),
    minItems: Int = 1,
    ceiling: Int = 30,
    review: ReviewSettings? = nil,
    needsApproval: Bool = false
  ) {
    self.name = name
    self.schedule = schedule
    self.maxLateness = maxLateness
    self.minItems = minItems
    self.ceiling = ceiling
    self.review = review
    self.needsApproval = needsApproval
  }
}

/// When the reviewers get an issue, and who they are.
package struct ReviewSettings: Hashable, Sendable {
  /// The last such day before the slot; nil for the last such time, whatever the day.
  package var day: Weekday?
  package var time: CivilTime
  package var reviewers: [EmailAddress]

  package init(day: Weekday?, time: CivilTime, reviewers: [EmailAddress]) {
    self.day = day
    self.time = time
    self.reviewers = reviewers
  }
}

/// How often a subscriber gets a digest.
package enum Cadence: String, CaseIterable, Sendable {
  case daily, weekly, monthly
}

/// The civil times at which a digest is due, in the site's zone.
package enum Schedule: Hashable, Sendable {
  case daily(at: CivilTime)
  case weekly(on: Weekday, at: CivilTime)
  /// On the first such weekday of a month.
  case monthly(first: Weekday, at: CivilTime)

  package var cadence: Cadence {
    switch self {
    case .daily: .daily
    case .weekly: .weekly
    case .monthly: .monthly
    }
  }
}

/// How mail is addressed and handed over.
package struct MailSettings: Sendable {
  package var from: Mailbox
  package var replyTo: EmailAddress?
  /// The sender of the envelope, to which mail servers report; else `from`.
  package var bounces: EmailAddress?
  package var unsubscribeMailto: EmailAddress?
  /// The sender's name in Feedback-ID, by which mailbox providers count complaints.
  package var feedbackID: String?
  /// Whether messages show the logo and articles' pictures.
  package var showsImages: Bool
  /// Whether the first issue that a relay would send waits for a person.
  package var holdsFirstSend: Bool
  /// Whether an issue waits for a person that fell due while feedgen did not run.
  package var holdsAfterGap: Bool
  /// Each signs every message.
  package var dkim: [DKIMKeySettings]
  /// Whether the relay signs what it is given.
  package var isSignedByRelay: Bool

  package init(
    from: Mailbox,
    replyTo: EmailAddress? = nil,
    bounces: EmailAddress? = nil,
    unsubscribeMailto: EmailAddress? = nil,
    feedbackID: String? = nil,
    showsImages: Bool = false,
    holdsFirstSend: Bool = true,
    holdsAfterGap: Bool = true,
    dkim: [DKIMKeySettings] = [],
    isSignedByRelay: Bool = false
  ) {
    self.from = from
    self.replyTo = replyTo
    self.bounces = bounces
    self.unsubscribeMailto = unsubscribeMailto
    self.feedbackID = feedbackID
    self.showsImages = showsImages
    self.holdsFirstSend = holdsFirstSend
    self.holdsAfterGap = holdsAfterGap
    self.dkim = dkim
    self.isSignedByRelay = isSignedByRelay
  }

  /// The sender of the envelope (RFC 5321 §3.3).
  package var envelopeSender: EmailAddress { bounces ?? from.address }

  /// Whether messages arrive with a signature over List-Unsubscribe and List-Unsubscribe-Post,
  /// without which they may not offer one-click unsubscription (RFC 8058 §4).
  package var signs: Bool { isSignedByRelay || !dkim.isEmpty }
}

/// A key that messages are signed with (RFC 6376).
package struct DKIMKeySettings: Hashable, Sendable {
  /// The domain that answers for the messages.
  package var domain: String
  /// Which of the domain's keys it is.
  package var selector: String
  /// The private key's file; absolute.
  package var keyFile: String

  package init(domain: String, selector: String, keyFile: String) {
    self.domain = domain
    self.selector = selector
    self.keyFile = keyFile
  }
}

/// Who is told what happens.
package struct NotifySettings: Hashable, Sendable {
  /// What became of each issue, and mistakes in texts.
  package var editor: EmailAddress?
  /// What keeps feedgen from its work.
  package var `operator`: EmailAddress?

  package init(editor: EmailAddress? = nil, operator: EmailAddress? = nil) {
    self.editor = editor
    self.operator = `operator`
  }
}

/// A mail server that takes our messages on.
package struct Relay: Sendable {
  package enum Security: Sendable {
    /// No encryption; only for a relay on this machine, and never with a password.
    case none
    /// STARTTLS, which must be offered.
    case startTLS
    /// TLS from the first byte (port 465).
    case implicitTLS
  }

  package var host: String
  package var port: Int
  package var security: Security
  package var credentials: Credentials?
  /// The name given in EHLO (RFC 5321 §4.1.1.1).
  package var ehloName: String

  package init(
    host: String,
    port: Int,
    security: Security,
    credentials: Credentials?,
    ehloName: String
  ) {
    self.host = host
    self.port = port
    self.security = security
    self.credentials = credentials
    self.ehloName = ehloName
  }

  package struct Credentials: Sendable {
    package var user: String
    package var password: Secret

    package init(user: String, password: Secret) {
      self.user = user
      self.password = password
    }
  }
}

/// A text that is never printed.
package struct Secret: Sendable, CustomStringConvertible, CustomDebugStringConvertible {
  package let text: String

  package init(_ text: String) { self.text = text }

  package var description: String { "***" }
  package var debugDescription: String { "***" }
}
