import Model
import Store
import Testing

@Suite struct ArticleContractTests {
  @Test(arguments: Backend.allCases)
  func `an article comes back as it was put`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    let article = article(1, topics: [belarus, latin])
    try test.store.write([.put(article, stamp: nil, isArchive: false)], asOf: day(1))
    let byID = try test.store.article(id: article.id)
    let bySlug = try test.store.article(slug: article.slug)
    let identity = ArticleIdentity(id: article.id, origin: article.origin)
    #expect(try test.store.identity(ofSlug: article.slug) == identity)
    #expect(try test.store.identity(ofID: article.id) == identity)
    #expect(try test.store.identity(ofID: "tag:none") == nil)
    let byOrigin = try test.store.article(from: article.origin)
    #expect(byID == article)
    #expect(bySlug == article)
    #expect(byOrigin == article)
  }

  @Test(arguments: Backend.allCases)
  func `releases follow the dates, whatever order articles came in`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    let changes = [3, 1, 2].map { ArticleChange.put(article($0), stamp: nil, isArchive: false) }
    try test.store.write(changes, asOf: day(5))
    try test.release(asOf: 5)
    var titles: [String] = []
    try test.store.eachSummary { titles.append("\($0.title) \($0.release ?? 0)") }
    #expect(titles == ["Article 1 1", "Article 2 2", "Article 3 3"])
  }

  @Test(arguments: Backend.allCases)
  func `an article is kept back until its date`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    try test.store.write([.put(article(9), stamp: nil, isArchive: false)], asOf: day(1))
    try test.release(asOf: 8)
    let before = try test.window(of: .site)
    try test.release(asOf: 9)
    let after = try test.window(of: .site)
    #expect(before == [])
    #expect(after == [9])
  }

  @Test(arguments: Backend.allCases)
  func `every change raises the revision, and nothing else does`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    try test.publish(1...2)
    let before = try test.store.counters()
    try test.release(asOf: 2)
    try test.store.setTopics([latin, belarus], asOf: day(2))
    let unchanged = try test.store.counters()
    try test.store.write([.setStanding(id: article(1).id, .deleted)], asOf: day(3))
    let after = try test.store.counters()
    #expect(before == unchanged)
    #expect(after.revision > before.revision)
    #expect(after.release == before.release)
  }

  @Test(arguments: Backend.allCases)
  func `files are listed in byte order with what is known of them`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    let stamp = FileStamp(size: 7, modified: 1_700_000_000_123_456_789, inode: .max)
    let origin = Article.Origin(source: "articles/", key: "é.md")
    try test.store.write(
      [
        .put(article(2), stamp: stamp, isArchive: false), .touch(origin, stamp: nil),
        .miss(article(2).origin),
      ],
      asOf: day(2)
    )
    var files: [SourceFile] = []
    try test.store.eachFile(of: "articles/") { files.append($0) }
    #expect(
      files == [
        SourceFile(key: "a2.md", stamp: stamp, missedRuns: 1),
        SourceFile(key: "é.md", stamp: nil, missedRuns: 0),
      ]
    )
    let missing = try test.store.missingArticle(of: "articles/", wordsHash: [2])
    #expect(missing?.id == article(2).id)
  }

  @Test(arguments: Backend.allCases)
  func `a moved article keeps its id, and its old file is forgotten`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    let stamp = FileStamp(size: 1, modified: 1, inode: 1)
    try test.store.write([.put(article(1), stamp: stamp, isArchive: false)], asOf: day(1))
    let moved = Article.Origin(source: "articles/", key: "sous/a1.md")
    try test.store.write([.move(id: article(1).id, to: moved)], asOf: day(1))
    var keys: [String] = []
    try test.store.eachFile(of: "articles/") { keys.append($0.key) }
    let found = try test.store.article(from: moved)
    #expect(keys == [])
    #expect(found?.id == article(1).id)
  }

  @Test(arguments: Backend.allCases)
  func `what a person deleted stays deleted when its file goes`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    try test.publish(1...1)
    try test.store.write([.setStanding(id: article(1).id, .deleted)], asOf: day(2))
    try test.store.write([.setStanding(id: article(1).id, .vanished)], asOf: day(3))
    let standing = try test.store.article(id: article(1).id)?.standing
    #expect(standing == .deleted)
  }

  @Test(arguments: Backend.allCases)
  func `files are read again after a change of what derives the content`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    let stamp = FileStamp(size: 1, modified: 1, inode: 1)
    try test.store.write([.put(article(1), stamp: stamp, isArchive: false)], asOf: day(1))
    let same = try test.store.forgetStamps(of: "articles/", derivedOtherwiseThan: "1")
    let other = try test.store.forgetStamps(of: "articles/", derivedOtherwiseThan: "2")
    var stamps: [FileStamp?] = []
    try test.store.eachFile(of: "articles/") { stamps.append($0.stamp) }
    #expect(same == 0)
    #expect(other == 1)
    #expect(stamps == [nil])
  }
}
