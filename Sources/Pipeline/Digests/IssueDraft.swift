import Model
import Rendering
import Selecting
import Store

/// An issue while it is worked out: the editions, and who gets which.
struct IssueDraft {
  private let site: Site
  private let digest: DigestSettings
  private let candidates: [Candidate]
  private var editions: [Edition] = []
  private var numbers: [Edition: Int] = [:]

  /// The articles that an edition may list.
  private let articles: [IssueArticle]
  private(set) var deliveries: [PlannedDelivery] = []
  /// The subscribers to whom nothing is owed: for them too all is settled.
  private(set) var settled: [Int64] = []
  private(set) var groups: [EditionGroup] = []
  private(set) var fragments: [Fragment] = []

  init(site: Site, digest: DigestSettings, articles: [IssueArticle]) {
    self.site = site
    self.digest = digest
    self.articles = articles
    candidates = articles.map { article in
      Candidate(
        key: article.key,
        release: article.release,
        published: article.entry.published,
        id: article.entry.id,
        topics: article.entry.topics
      )
    }.sorted(by: Candidate.isListedBefore)
  }

  /// Adds what one subscriber is owed; nothing where there is too little to say.
  mutating func add(_ record: SubscriberRecord, isPreviewing: Bool) {
    let owed = Owed(
      language: record.subscriber.language,
      covered: isPreviewing ? max(record.covered, record.previewed) : record.covered,
      since: record.since
    )
    let topics = site.topics.map(\.slug)
    guard let edition = owed.edition(of: candidates, topics: topics, settings: digest) else {
      if !owed.isOwedAnything(of: candidates) { settled.append(record.key) }
      return
    }
    deliveries.append(PlannedDelivery(subscriber: record.key, group: number(of: edition)))
  }

  private mutating func number(of edition: Edition) -> Int {
    if let number = numbers[edition] { return number }
    numbers[edition] = editions.count
    editions.append(edition)
    return editions.count - 1
  }

  /// The articles that at least one edition lists.
  var listedArticles: [IssueArticle] {
    let listed = Set(editions.flatMap { $0.sections.flatMap(\.articles) })
    return articles.filter { listed.contains($0.key) }
  }

  /// Renders each edition, each of its pieces once.
  mutating func render(_ slot: Slot, _ templates: Templates) throws {
    guard !editions.isEmpty else { return }
    let before = digest.schedule.slot(before: slot.date, in: site.zone)
    var composer = DigestComposer(
      site: site,
      templates: templates,
      cadence: digest.schedule.cadence,
      slotDate: slot.date,
      period: (before.date, slot.date.adding(days: -1)),
      articles: Dictionary(uniqueKeysWithValues: articles.map { ($0.key, $0.entry) })
    )
    for edition in editions {
      groups.append(try composer.compose(edition))
    }
    fragments = composer.takeFragments()
  }
}
