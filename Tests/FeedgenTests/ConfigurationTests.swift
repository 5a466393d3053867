import Foundation
import Model
import Pipeline
import Testing

@testable import feedgen

@Suite struct ConfigurationTests {
  @Test func `the sample of the design is read whole`() throws {
    let configuration = try ConfigurationSample.read(designSample)
    let site = configuration.site
    #expect(site.title == "Veille géopolitique")
    #expect(site.url == "https://veille.example.org/")
    #expect(site.feedsURL == "https://veille.example.org/feeds/")
    #expect(site.language == .french)
    #expect(site.zone.identifier == "Europe/Paris")
    #expect(site.author == Person(name: "La rédaction", email: "redaction@example.org"))
    #expect(site.id == "tag:veille.example.org,2026:")
    #expect(site.accent.light == "#0b5563")
    #expect(site.postalAddress == "1 rue de l’Exemple, 75000 Paris")
    #expect(site.topics.map(\.slug.text) == ["amerique-latine", "bielorussie"])
    #expect(site.topics[0].was.map(\.text) == ["amerique-du-sud"])
    #expect(site.topics[1].isRetired)
    #expect(site.feeds == FeedSettings(entries: 40, content: .summary, formats: [.atom]))
    let eight = try #require(CivilTime("08:00"))
    #expect(
      site.digests == [
        DigestSettings(
          name: "weekly",
          schedule: .weekly(on: .monday, at: eight),
          maxLateness: .days(2),
          minItems: 2,
          ceiling: 25
        )
      ]
    )
    let mail = try #require(site.mail)
    #expect(mail.from.name == "Veille géopolitique")
    #expect(mail.from.address.description == "lettre@news.example.org")
    #expect(mail.replyTo?.description == "redaction@example.org")
    #expect(mail.bounces?.description == "retour@news.example.org")
    #expect(mail.unsubscribeMailto?.description == "quitter@news.example.org")
    #expect(configuration.storePath == "/srv/veille/feedgen.db")
    #expect(configuration.outputPath == "/srv/veille/feeds")
    #expect(configuration.outboxPath == "/srv/veille/outbox")
    #expect(configuration.keysFolder == "/srv/veille/keys")
    #expect(
      configuration.sources == [
        .folder(FolderSource(name: "articles/", path: "/srv/veille/articles")),
        .folder(FolderSource(name: "../shared/", path: "/srv/shared")),
      ]
    )
    #expect(configuration.relay == nil)
  }

  @Test func `what is not written has a sensible value`() throws {
    let configuration = try ConfigurationSample.read(ConfigurationSample.smallest)
    #expect(configuration.site.feedsURL == "https://veille.example.org/feeds/")
    #expect(configuration.site.accent == .standard)
    #expect(configuration.site.feeds == FeedSettings())
    #expect(configuration.site.digests == [])
    #expect(configuration.site.mail == nil)
    #expect(configuration.sources.map(\.name) == ["articles/"])
    #expect(configuration.storePath == "/srv/veille/feedgen.db")
    #expect(configuration.outputPath == "/srv/veille/feeds")
  }

  @Test func `an address gets the slash that names are put behind`() throws {
    let text = ConfigurationSample.smallest
      .replacing("https://veille.example.org/", with: "HTTPS://Veille.Example.org/Revue")
    let site = try ConfigurationSample.read(text).site
    #expect(site.url == "https://veille.example.org/Revue/")
    #expect(site.feedsURL == "https://veille.example.org/Revue/feeds/")
  }

  @Test func `a time of day needs no quotes`() throws {
    let text = ConfigurationSample.smallest + "digests: [{cadence: monthly, at: 07:30}]\n"
    let digests = try ConfigurationSample.read(text).site.digests
    let time = try #require(CivilTime("07:30"))
    #expect(digests.map(\.schedule) == [.monthly(first: .monday, at: time)])
  }

  @Test func `Paris has summer time`() throws {
    let zone = try Zone(named: "Europe/Paris")
    #expect(zone.offset(at: Instant(seconds: 1_792_889_999)) == 7200)
    #expect(zone.offset(at: Instant(seconds: 1_792_890_000)) == 3600)
  }

  @Test func `without the database of zones there is no zone`() {
    #expect(throws: ZoneError.noDatabase) {
      try Zone(named: "Europe/Paris", database: "/nowhere/zoneinfo")
    }
    #expect(throws: ZoneError.unknown(nearest: "Europe/Paris")) {
      try Zone(named: "Europe/Pariss")
    }
  }

  @Test func `one accent gets a lighter one for dark paper`() throws {
    let light = try #require(Colour("#0f5b63"))
    let dark = try #require(Colour(Accent(light: light).dark))
    let paper = try #require(Colour(Accent.darkPaper))
    #expect(dark.contrast(with: paper) >= 7)
    #expect(Accent(light: light).light == "#0f5b63")
    let lightPaper = try #require(Colour(Accent.lightPaper))
    #expect((light.contrast(with: lightPaper) * 100).rounded() == 746)
  }
}

private let designSample = """
  site:
    title: Veille géopolitique
    url: https://veille.example.org/        # the publication
    feeds_url: https://veille.example.org/feeds/
    language: fr
    timezone: Europe/Paris
    author: {name: La rédaction, email: redaction@example.org}
    id: "tag:veille.example.org,2026:"
    icon: https://veille.example.org/icon.png
    accent: "#0b5563"
    postal_address: 1 rue de l’Exemple, 75000 Paris
  topics:
    - {slug: amerique-latine, title: Amérique latine, description: "…", was: [amerique-du-sud]}
    - {slug: bielorussie, title: Biélorussie, description: "", retired: true}
  sources:
    - articles/
    - ../shared
  store: sqlite:feedgen.db
  output: feeds/
  feeds: {entries: 40, content: summary, formats: [atom]}
  digests:
    - {name: weekly, cadence: weekly, day: monday, at: "08:00",
       max_lateness: 2d, min_items: 2, ceiling: 25}
  mail:
    from: Veille géopolitique <lettre@news.example.org>
    reply_to: redaction@example.org
    outbox: outbox/
    bounces: {address: retour@news.example.org}
    unsubscribe_mailto: quitter@news.example.org
  """
