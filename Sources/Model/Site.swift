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
  /// Where `feedgen serve` answers readers, ending in a slash; nil where it does not.
  package var serverURL: String?

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
