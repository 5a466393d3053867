import Cryptography
import Delivering
import Foundation
import Model
import Pipeline
import Rendering
import SQLiteStore
import Store

/// One issue to many readers, through the program's own pipeline and store.
struct Mailing {
  enum Step: String, CaseIterable {
    /// Select, render and freeze.
    case plan
    /// Claim, splice and settle each message; what takes them drops them.
    case deliver
  }

  enum Choice: String {
    /// All readers have the same ten topics.
    case equal
    /// Each reader has ten topics of twenty, and no two the same.
    case different
  }

  static let siteID = "tag:bench.example.org,2026:"
  /// Monday’s slot has just come.
  static let asOf = Instant(seconds: 1_795_417_500)
  private static let articles = 20

  let path: String

  func open() throws -> SQLiteSiteStore {
    try SQLiteSiteStore(path: path, siteID: Self.siteID) { address in
      hmacSHA256(key: [1], Array(address.identity.utf8))
    }
  }

  // MARK: - The publication

  static var site: Site {
    var site = Site(
      title: "Banc d’essai",
      url: "https://bench.example.org/",
      feedsURL: "https://bench.example.org/feeds/",
      language: .french,
      zone: Zone(identifier: "Europe/Paris") { _ in 3600 },
      author: Person(name: "La rédaction"),
      id: siteID,
      postalAddress: "12, rue de l’Exemple, 75000 Paris, France",
      topics: (0..<20).map { Topic(slug: topic($0), title: "Sujet nº \($0)") }
    )
    site.digests = [
      DigestSettings(
        name: "weekly",
        schedule: .weekly(on: .monday, at: wellFormed(CivilTime("08:00")))
      )
    ]
    site.mail = mail
    return site
  }

  static let mail = MailSettings(
    from: Mailbox(name: "Banc d’essai", address: address("lettre@news.example.org")),
    replyTo: address("redaction@example.org"),
    unsubscribeMailto: address("quitter@news.example.org"),
    holdsFirstSend: false,
    holdsAfterGap: false
  )

  private static func topic(_ number: Int) -> Slug { wellFormed(Slug("sujet-\(number)")) }
  private static func address(_ text: String) -> EmailAddress { wellFormed(EmailAddress(text)) }

  /// Fills the store with the articles of a week and readers.
  func fill(readers: Int, _ choice: Choice) throws {
    let store = try open()
    let before = Self.asOf.advanced(by: .days(-10))
    try store.setTopics(Self.site.topics, asOf: before)
    try store.write(
      (0..<Self.articles).map { .put(Self.article($0), stamp: nil, isArchive: false) },
      asOf: before
    )
    var random = SystemRandomNumberGenerator()
    var used: Set<[Int]> = []
    var changes: [SubscriberChange] = []
    for reader in 0..<readers {
      var topics = Array(0..<10)
      while choice == .different, !used.insert(topics).inserted {
        topics = Array(Array(0..<20).shuffled(using: &random).prefix(10)).sorted()
      }
      changes.append(Self.change(reader, topics))
      if changes.count == 500 || reader == readers - 1 {
        _ = try store.put(changes, asOf: before)
        changes = []
      }
    }
  }

  private static func change(_ reader: Int, _ topics: [Int]) -> SubscriberChange {
    SubscriberChange(
      subscriber: Subscriber(
        address: address("lectrice.\(reader)@courrier-\(reader % 97).example"),
        name: "Lectrice nº \(reader)",
        language: .french,
        topics: topics.map(topic)
      ),
      standing: .active(Consent(given: asOf.advanced(by: .days(-10)), source: "bench"))
    )
  }

  private static func article(_ number: Int) -> Article {
    let published = asOf.advanced(by: .hours(-Int64(number) * 3 - 2))
    let words = "Les effets se lisent d’abord aux postes frontières, où l’on attend. "
    return Article(
      id: "\(siteID)articles/\(number)",
      slug: wellFormed(Slug("article-\(number)")),
      origin: Article.Origin(source: "bench/", key: "\(number).md"),
      standing: .published,
      title: "Article nº \(number) : l’essai d’une route « commerciale »",
      summary: String(repeating: words, count: 2 + number % 3),
      content: "<p>\(words)</p>",
      language: .french,
      authors: [Person(name: "Autrice \(number % 12)")],
      topics: [topic(number)],
      url: "https://bench.example.org/article-\(number)",
      image: nil,
      published: published,
      updated: published,
      inDigest: true,
      erratum: nil,
      source: "",
      sourceHash: [UInt8(number)],
      wordsHash: [UInt8(number)],
      derivation: "bench"
    )
  }

  // MARK: - The steps

  static let leaveTokens = LeaveTokens(keys: TokenKeys([1: [1]]))
  static let message = DigestMessage(
    site: site,
    mail: mail,
    messageKey: [1],
    leaveTokens: leaveTokens
  )

  /// Processor seconds and the most memory, in MiB, of a step; for a process that does nothing else.
  func cost(of step: Step) throws -> String {
    let store = try open()
    let run = PublishRun(store: store, settings: settings()) { [templates = try Templates()] in
      templates
    }
    switch step {
    case .plan: _ = try run.prepare()
    case .deliver:
      _ = try run.deliver(signedBy: { [] }, to: { .transport(NullTransport()) })
    }
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    let cpu = [usage.ru_utime, usage.ru_stime]
      .reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6 }
    return "\(cpu) \(Double(usage.ru_maxrss) / 1024)"
  }

  private func settings() -> PublishRun.Settings {
    PublishRun.Settings(
      site: Self.site,
      sources: [],
      outputPath: "/nonexistent",
      parts: [.digests],
      importing: ImportOptions(),
      asOf: Self.asOf,
      clock: { Self.asOf },
      journals: JournalFolder(beside: path),
      name: "bench",
      isPreviewing: false,
      messageKey: [1],
      leaveTokens: Self.leaveTokens,
      shouldStop: { false },
      progress: { _ in }
    )
  }
}

/// Takes every message, complete, and keeps none.
private final class NullTransport: Transport {
  func send(_ message: [UInt8], of claim: Claim) throws(RelayError) -> DeliveryOutcome {
    .accepted(SMTPReply(code: 250, text: "2.0.0 Ok"))
  }
}

/// A value of the benchmark's own, which is what it should be.
private func wellFormed<Value>(_ value: Value?) -> Value {
  guard let value else { fatalError("the benchmark's own data are wrong") }
  return value
}
