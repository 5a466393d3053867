import Model
import Rendering
import Selecting
import Store

/// An issue while it is worked out: the editions, and who gets which.
///
/// What is done with can be taken from it as it goes, so that it stays small however many
/// subscribers there are.
struct IssueDraft {
  /// An edition that comes again after so many others is frozen once more.
  private static let mostRemembered = 2000

  /// Whether messages link to the issue's page: it is written when the issue goes out.
  var linksPage = true

  private let site: Site
  private let digest: DigestSettings
  private let slot: Slot
  /// The release after which its period begins.
  private let beginning: Int64
  private let selection: Selection
  private var editorial: Editorial
  /// Those that are not rendered yet.
  private var editions: [Edition] = []
  private var editionCount = 0
  private var numbers: [Edition: Int] = [:]
  private var composer: DigestComposer?
  /// The keys of the articles that at least one edition lists.
  private var listed: Set<Int64> = []

  /// What an edition may list.
  private let content: IssueContent
  private(set) var deliveries: [PlannedDelivery] = []
  /// How many there are, with those that were taken.
  private(set) var deliveryCount = 0
  /// The subscribers to whom nothing is owed: for them too all is settled.
  private(set) var settled: [Int64] = []
  /// The subscribers who have paused, and would get a message otherwise.
  private(set) var absent: [Int64] = []
  /// The keys of the articles that the next issue is to offer instead.
  private(set) var postponed: Set<Int64> = []
  private(set) var groups: [EditionGroup] = []
  private(set) var fragments: [Fragment] = []
  /// What anybody may read of it; nil where nothing has appeared since the last issue.
  private(set) var webEdition: WebEdition?

  init(
    site: Site,
    digest: DigestSettings,
    slot: Slot,
    beginning: Int64,
    content: IssueContent,
    editorial: IssueEditorial? = nil
  ) {
    self.site = site
    self.digest = digest
    self.slot = slot
    self.beginning = beginning
    self.content = content
    selection = Selection(
      candidates: content.articles.map(Candidate.init),
      errata: content.errata.map(Erratum.init),
      topics: site.topics.map(\.slug),
      settings: digest,
      choice: editorial?.choice ?? EditorsChoice()
    )
    self.editorial = editorial?.words(among: content.articles) ?? Editorial()
  }

  /// The same issue with a note before the editor's introduction.
  func introduced(by note: Introduction) throws -> IssueDraft {
    var draft = self
    draft.editorial.introduction = try note.followed(by: editorial.introduction)
    return draft
  }

  /// Adds what one subscriber is owed; nothing where there is too little to say.
  mutating func add(_ record: SubscriberRecord, isPreviewing: Bool) {
    let owed = Owed(
      subscriber: record.key,
      language: record.subscriber.language,
      covered: isPreviewing ? max(record.covered, record.previewed) : record.covered,
      since: record.since,
      missed: content.absences[record.key] ?? []
    )
    postponed.formUnion(selection.postponed(for: owed))
    guard let edition = selection.edition(for: owed) else {
      if !selection.owesAnything(to: owed) { settled.append(record.key) }
      return
    }
    if let pausedUntil = record.pausedUntil, slot.instant < pausedUntil {
      absent.append(record.key)
    } else {
      deliveries.append(PlannedDelivery(subscriber: record.key, group: number(of: edition)))
      deliveryCount += 1
    }
  }

  private mutating func number(of edition: Edition) -> Int {
    if let number = numbers[edition] { return number }
    if numbers.count == Self.mostRemembered { numbers = [:] }
    numbers[edition] = editionCount
    editions.append(edition)
    listed.formUnion(edition.sections.flatMap(\.articles))
    defer { editionCount += 1 }
    return editionCount
  }

  /// The articles that at least one edition lists.
  var listedArticles: [IssueArticle] {
    content.articles.filter { listed.contains($0.key) }
  }

  /// Whether an edition, or the page for anybody, lists the article of an id.
  func lists(_ id: String) -> Bool {
    guard let key = content.articles.first(where: { $0.entry.id == id })?.key else { return false }
    let shown = webEdition?.sections.flatMap(\.items).map(\.article) ?? []
    return listed.contains(key) || shown.contains(key)
  }

  /// Renders the editions that came since it last did, each of their pieces once.
  mutating func render(_ templates: Templates) throws {
    guard !editions.isEmpty else { return }
    var composer = try self.composer ?? newComposer(templates)
    self.composer = nil
    for edition in editions { groups.append(try composer.compose(edition)) }
    fragments += composer.takeFragments()
    editions = []
    self.composer = composer
  }

  /// Takes out what is worked out and rendered.
  mutating func takeBatch() -> IssueBatch {
    defer { (fragments, groups, deliveries, settled, absent) = ([], [], [], [], []) }
    return IssueBatch(
      fragments: fragments,
      groups: groups,
      deliveries: deliveries,
      settled: settled,
      absent: absent
    )
  }

  /// A composer for all editions, which has made the one for the public.
  private mutating func newComposer(_ templates: Templates) throws -> DigestComposer {
    let name = IssueName(digest: digest.name, date: slot.date)
    let publicEdition = selection.publicEdition(in: site.language, after: beginning)
    let before = digest.schedule.slot(before: slot.date, in: site.zone)
    let hasPage = linksPage && publicEdition != nil
    var composer = DigestComposer(
      site: site,
      templates: templates,
      cadence: digest.schedule.cadence,
      excerpt: digest.excerpt,
      slotDate: slot.date,
      period: (before.date, slot.date.adding(days: -1)),
      articles: content.entries,
      topicURLs: site.topicURLs,
      webURL: hasPage ? site.feedsURL + WebEditionPlace.page(of: name) : nil,
      hasLeavePages: site.serverURL != nil,
      editorial: editorial
    )
    webEdition = try publicEdition.map { edition in
      try composer.webEdition(of: edition, name: name, published: slot.instant)
    }
    return composer
  }
}

/// A part of an issue, ready to be frozen.
struct IssueBatch {
  var fragments: [Fragment]
  var groups: [EditionGroup]
  var deliveries: [PlannedDelivery]
  /// The subscribers to whom nothing is owed.
  var settled: [Int64]
  /// The subscribers who have paused, and would get a message otherwise.
  var absent: [Int64]
}
