import Model
import SQLiteStore
import Store
import TestSupport

/// A store that must pass the contract.
///
/// A second implementation adds a case here, and nothing else.
enum Backend: String, CaseIterable, Sendable {
  case sqlite
}

/// A store of its own for one test, with a small site in it.
final class StoreUnderTest {
  let folder: TemporaryFolder
  let store: any SiteStore
  static let siteID = "tag:veille.example.org,2026:"

  init(
    _ backend: Backend,
    hashAddress: @escaping @Sendable (EmailAddress) -> [UInt8] = { Array($0.identity.utf8) }
  ) throws {
    folder = TemporaryFolder()
    store =
      switch backend {
      case .sqlite:
        try SQLiteSiteStore(
          path: folder.file("feedgen.db"),
          siteID: StoreUnderTest.siteID,
          hashAddress: hashAddress
        )
      }
    try store.setTopics([latin, belarus], asOf: day(0))
  }

  static func openSQLite(_ path: String, siteID: String = siteID) throws -> SQLiteSiteStore {
    try SQLiteSiteStore(path: path, siteID: siteID) { Array($0.identity.utf8) }
  }

  /// Puts articles, one a day from `first` on, and releases them.
  func publish(_ numbers: ClosedRange<Int>, topics: [Topic] = [latin], isArchive: Bool = false)
    throws
  {
    let changes = numbers.map { number in
      ArticleChange.put(article(number, topics: topics), stamp: nil, isArchive: isArchive)
    }
    try store.write(changes, asOf: day(numbers.upperBound))
    try release(asOf: numbers.upperBound)
  }

  func release(asOf number: Int, blockSize: Int = 3) throws {
    try store.release(asOf: day(number), blockSize: blockSize)
  }

  /// What a digest could list that has had no issue yet, the latest first.
  func offered(after release: Int64 = 0, previewing: Bool = false) throws -> [IssueArticle] {
    try store.articles(
      in: ReleaseRange(after: release, through: .max),
      atMost: 100,
      previewing: previewing
    )
  }

  /// The numbers of the articles in a feed's subscription document, in its order.
  func window(of feed: FeedName) throws -> [Int] {
    try numbers(in: document(of: feed))
  }

  /// The numbers of the articles in a document, in its order.
  func numbers(in document: DocumentRecord) throws -> [Int] {
    var numbers: [Int] = []
    try store.eachEntry(of: [document]) { row in
      numbers += [Int(row.entry.title.dropFirst("Article ".count)) ?? -1]
    }
    return numbers
  }

  func tombstones(of feed: FeedName, _ part: FeedPart = .subscription) throws -> [Tombstone] {
    try store.tombstones(of: [document(of: feed, part)])[0]
  }

  func document(of feed: FeedName, _ part: FeedPart = .subscription) throws -> DocumentRecord {
    let documents = try store.documents(changedAfter: nil)
    guard let document = documents.first(where: { $0.feed.name == feed && $0.part == part })
    else { throw MissingDocument(feed: feed, part: part) }
    return document
  }
}

struct MissingDocument: Error {
  var feed: FeedName
  var part: FeedPart
}

let latin = topic("amerique-latine", "Amérique latine")
let belarus = topic("bielorussie", "Biélorussie")

func topic(_ slug: String, _ title: String, was: [String] = [], isRetired: Bool = false) -> Topic {
  Topic(
    slug: Slug(slug)!,
    title: title,
    was: was.map { Slug($0)! },
    isRetired: isRetired
  )
}

/// 08:00 UTC on the n-th day of November 2026 (or after it).
func day(_ number: Int) -> Instant {
  Instant("2026-11-01T08:00:00Z", in: .utc)!.advanced(by: .days(Int64(number) - 1))
}

func article(
  _ number: Int,
  topics: [Topic] = [latin],
  standing: Article.Standing = .published,
  published: Instant? = nil,
  words: Int? = nil
) -> Article {
  Article(
    id: "\(StoreUnderTest.siteID)articles/a\(number)",
    slug: Slug("a\(number)")!,
    origin: Article.Origin(source: "articles/", key: "a\(number).md"),
    standing: standing,
    title: "Article \(number)",
    summary: "Résumé",
    content: "<p>Texte \(number)</p>",
    language: .french,
    authors: [Person(name: "Inés Valcourt", uri: "https://example.org/ines")],
    topics: topics.map(\.slug),
    url: "https://veille.example.org/a\(number)",
    image: nil,
    published: published ?? day(number),
    updated: published ?? day(number),
    inDigest: true,
    erratum: nil,
    source: "Texte \(number)",
    sourceHash: [UInt8(truncatingIfNeeded: number)],
    wordsHash: [UInt8(truncatingIfNeeded: words ?? number)],
    derivation: "1"
  )
}
