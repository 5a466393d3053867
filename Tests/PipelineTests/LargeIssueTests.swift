import Cryptography
import Delivering
import Model
import Pipeline
import Rendering
import SQLiteStore
import Store
import TestSupport
import Testing

/// An issue of more subscribers and editions than are worked out, or kept at hand, at a time.
@Suite struct LargeIssueTests {
  private static let topics = (0..<12).map { Slug("t\($0)")! }
  private static let asOf = Zone.paris2026.instant(CivilDate("2026-11-23")!, CivilTime("09:00")!)
  /// So many have chosen differently, and some more as one of those has.
  private static let (editions, repeaters) = (2100, 20)

  private let folder = TemporaryFolder()

  @Test func `each of thousands of different choices gets its own articles, once`() throws {
    let store = try SQLiteSiteStore(path: folder.file("feedgen.db"), siteID: Self.site.id) {
      Array($0.identity.utf8)
    }
    try fill(store)
    let templates = try Templates()
    let run = PublishRun(store: store, settings: settings) { templates }
    let report = try run.prepare()
    let deliveries = Self.editions + Self.repeaters
    #expect(report.issues == [.planned(Self.issue, articles: 12, deliveries: deliveries)])
    let inbox = Inbox()
    _ = try run.deliver(signedBy: { [] }, to: { .transport(inbox) })
    #expect(inbox.messages.count == deliveries)
    for message in inbox.messages {
      let reader = Int(message.recipient.prefix { $0 != "@" }.dropFirst())!
      #expect(Set(message.articles) == Set(Self.choice(of: reader)), "r\(reader)")
    }
    #expect(Set(inbox.messages.map(\.recipient)).count == deliveries)
  }

  /// The numbers of a reader's topics: the digits of the reader's number in base two.
  private static func choice(of reader: Int) -> [Int] {
    let number = (reader - 1) % editions + 1
    return topics.indices.filter { number >> $0 & 1 == 1 }
  }

  private func fill(_ store: SQLiteSiteStore) throws {
    let before = Self.asOf.advanced(by: .days(-3))
    try store.setTopics(Self.site.topics, asOf: before)
    try store.write(
      Self.topics.indices.map { .put(article($0), stamp: nil, isArchive: false) },
      asOf: before
    )
    for first in stride(from: 1, through: Self.editions + Self.repeaters, by: 500) {
      let readers = first...min(first + 499, Self.editions + Self.repeaters)
      _ = try store.put(readers.map(joining), asOf: before)
    }
  }

  private func joining(_ reader: Int) -> SubscriberChange {
    SubscriberChange(
      subscriber: Subscriber(
        address: EmailAddress("r\(reader)@y.example")!,
        language: .french,
        topics: Self.choice(of: reader).map { Self.topics[$0] }
      ),
      standing: .active(Consent(given: Self.asOf, source: "test"))
    )
  }

  private func article(_ number: Int) -> Article {
    let published = Self.asOf.advanced(by: .days(-2))
    return Article(
      id: "\(Self.site.id)a\(number)",
      slug: Slug("a\(number)")!,
      origin: Article.Origin(source: "articles/", key: "a\(number).md"),
      standing: .published,
      title: "Article \(number)",
      summary: "",
      content: "<p>Texte</p>",
      language: .french,
      authors: [],
      topics: [Self.topics[number]],
      url: "https://v.example/a\(number)",
      image: nil,
      published: published,
      updated: published,
      inDigest: true,
      erratum: nil,
      source: "",
      sourceHash: [UInt8(number)],
      wordsHash: [UInt8(number)],
      derivation: "1"
    )
  }

  private static let issue = IssueName(digest: "weekly", date: CivilDate("2026-11-23")!)

  private static let site = Site(
    title: "Veille",
    url: "https://v.example/",
    feedsURL: "https://v.example/feeds/",
    language: .french,
    zone: .paris2026,
    author: Person(name: "La rédaction"),
    id: "tag:veille.example.org,2026:",
    topics: topics.map { Topic(slug: $0, title: $0.text) },
    digests: [
      DigestSettings(name: "weekly", schedule: .weekly(on: .monday, at: CivilTime("08:00")!))
    ],
    mail: MailSettings(
      from: Mailbox(address: EmailAddress("lettre@v.example")!),
      unsubscribeMailto: EmailAddress("quitter@v.example")!,
      holdsFirstSend: false,
      holdsAfterGap: false
    )
  )

  private var settings: PublishRun.Settings {
    PublishRun.Settings(
      site: Self.site,
      sources: [],
      outputPath: folder.file("feeds"),
      parts: [.digests],
      importing: ImportOptions(),
      asOf: Self.asOf,
      clock: { Self.asOf },
      journals: JournalFolder(beside: folder.file("store")),
      name: "run",
      isPreviewing: false,
      messageKey: [1],
      leaveTokens: LeaveTokens(keys: TokenKeys([1: [1]])),
      shouldStop: { false },
      progress: { _ in }
    )
  }
}

/// Takes and keeps every message.
private final class Inbox: Transport {
  private(set) var messages: [ReadMessage] = []

  func send(_ message: [UInt8], of claim: Claim) throws(RelayError) -> DeliveryOutcome {
    messages.append(ReadMessage(message, of: claim))
    return .accepted(SMTPReply(code: 250, text: "2.0.0 Ok"))
  }
}
