import Model

/// A publication of any size: French articles of about 6 kB, 20 topics, 1.29 topics an article, ten
/// years of dates.
///
/// The same number of articles is always the same publication.
struct Dataset {
  static let topicCount = 20
  static let siteID = "tag:bench.example.org,2026:"

  let count: Int

  var topics: [Topic] {
    (0..<Dataset.topicCount).compactMap { number in
      slug("sujet-\(number)").map { Topic(slug: $0, title: "Sujet nº \(number)") }
    }
  }

  var configuration: String {
    let topics = (0..<Dataset.topicCount)
      .map { "  - {slug: sujet-\($0), title: \"Sujet nº \($0)\", description: Essai}\n" }
    return """
      site:
        title: Banc d’essai
        url: https://bench.example.org/
        language: fr
        timezone: Europe/Paris
        author: {name: La rédaction, email: redaction@example.org}
        id: "\(Dataset.siteID)"
      topics:
      \(topics.joined())
      sources: []
      store: sqlite:feedgen.db
      output: feeds/

      """
  }

  /// The articles, oldest first.
  func article(_ number: Int) -> Article? {
    guard let slug = slug("article-\(number)"), let language = Language("fr") else { return nil }
    var random = Random(seed: UInt64(number))
    let published = Instant(seconds: 1_480_000_000 + Int64(number) * 315_360_000 / Int64(count))
    let text = body(&random)
    return Article(
      id: "\(Dataset.siteID)articles/\(slug)",
      slug: slug,
      origin: Article.Origin(source: "bench/", key: "\(slug).md"),
      standing: .published,
      title: "Article nº \(number) : l’essai & ses <bornes>",
      summary: sentence(&random),
      content: text,
      language: language,
      authors: [Person(name: "Autrice \(number % 12)")],
      topics: topics(of: number, &random),
      url: "https://bench.example.org/\(slug)",
      image: nil,
      published: published,
      updated: published,
      inDigest: true,
      erratum: nil,
      source: "",
      sourceHash: hash(number),
      wordsHash: hash(number),
      derivation: "bench"
    )
  }

  /// An article as a file of a folder.
  func markdown(_ number: Int) -> String {
    var random = Random(seed: UInt64(number))
    let text = (0..<12).map { _ in paragraph(&random) }.joined(separator: "\n\n")
    return """
      ---
      title: "Article nº \(number)"
      date: 2026-01-01T08:00:00Z
      topics: [sujet-\(number % Dataset.topicCount)]
      ---
      \(text)

      """
  }

  private func topics(of number: Int, _ random: inout Random) -> [Slug] {
    let first = number % Dataset.topicCount
    let second = random.below(100) < 29 ? (first + 1 + random.below(19)) % Dataset.topicCount : nil
    return [first, second].compactMap { $0.flatMap { slug("sujet-\($0)") } }
  }

  private func body(_ random: inout Random) -> String {
    (0..<12).map { _ in "<p>\(paragraph(&random))</p>\n" }.joined()
  }

  private func paragraph(_ random: inout Random) -> String {
    (0..<5).map { _ in sentence(&random) }.joined(separator: " ")
  }

  private func sentence(_ random: inout Random) -> String {
    let words = (0..<14).map { _ in Dataset.words[random.below(Dataset.words.count)] }
    return words.joined(separator: " ") + "."
  }

  private func hash(_ number: Int) -> [UInt8] {
    withUnsafeBytes(of: number.bigEndian) { Array($0) }
  }

  private func slug(_ text: String) -> Slug? { Slug(text) }

  private static let words = [
    "l’été", "frontière", "économie", "région", "politique", "où", "déjà", "accord", "fleuve",
    "énergie", "traité", "récolte", "œuvre", "marché", "capitale", "réseau", "à", "pays", "voisin",
    "histoire",
  ]
}

/// A small generator whose numbers are the same everywhere (SplitMix64).
struct Random {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed &* 0x9e37_79b9_7f4a_7c15
  }

  mutating func below(_ bound: Int) -> Int {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
  }
}
