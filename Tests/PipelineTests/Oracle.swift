import Model

/// Who should get which article, written a second time and otherwise: as plain sets of articles
/// that wait for a subscriber, without releases and without `covered`.
struct Oracle {
  /// One offer of an article or of its erratum to everybody.
  struct Offer: Hashable {
    var article: Int
    var isErratum = false
    /// The how manieth.
    var number: Int
  }

  struct Reader {
    var cadence: Cadence
    /// Per topic, the articles that it brings: those that came since it was chosen.
    var topics: [String: Set<Int>]
    var pausedUntil = Instant(seconds: 0)
    /// Whether a server said that nobody has this address.
    var isDead = false
    /// What has been offered and is not settled.
    var waiting: Set<Offer>
    /// The issues that went out during a pause, and what was waiting then.
    var absences: [(issue: Int, waiting: Set<Offer>)] = []
    var deliveries: [Delivery] = []
  }

  struct Delivery {
    enum State { case pending, uncertain, accepted, unknown, over }

    var issue: Int
    var articles: [Int]
    /// The articles that it corrects, the latest correction first.
    var corrections: [Int]
    /// What is settled when it arrives.
    var waiting: Set<Offer>
    var state = State.pending
    var wasUncertain = false
    /// What the last try really had.
    var sent: Set<Int> = []

    var isOpen: Bool { state == .pending || state == .uncertain }
    var wasRead: Bool { state == .accepted || wasUncertain }
  }

  struct Issue {
    var digest: Cadence
    var slot: Instant
    var state = IssueState.planned
    /// What had come since the issue before.
    var news: Set<Int>

    enum IssueState { case planned, held, cancelled }
  }

  var readers: [Int: Reader] = [:]
  var issues: [Issue] = []
  /// The offers that stand now.
  private var offers: [Int: Offer] = [:]
  private var errata: [Int: Offer] = [:]
  private var offerCount = 0
  /// What has come since the last issue of each digest.
  private var news: [Cadence: Set<Int>] = [.daily: [], .weekly: [], .monthly: []]
  private var listed: Set<Int> = []
  private(set) var lastSlots: [Cadence: CivilDate] = [:]
  var stories: [Int: Story] = [:]
}

// MARK: - What happens to articles

extension Oracle {
  /// Notices what readers can see from now on, and what no more.
  mutating func look(asOf: Instant) {
    for story in stories.values.sorted(by: { $0.number < $1.number }) {
      let isVisible = !story.isDraft && story.published <= asOf
      let isOffered = isVisible && story.inDigest && !story.isArchive
      if !isOffered { offers[story.number] = nil }
      if isOffered, offers[story.number] == nil { offer(story.number) }
      if !story.hasErratum { errata[story.number] = nil }
      if story.hasErratum, isVisible, errata[story.number] == nil {
        errata[story.number] = nextOffer(story.number, isErratum: true)
      }
    }
  }

  /// Offers an article, for the first time or again; to those who came later only if it is new.
  private mutating func offer(_ article: Int) {
    offers[article] = nextOffer(article, isErratum: false)
    guard !listed.contains(article) else { return }
    for digest in news.keys { news[digest]?.insert(article) }
    for reader in readers.keys {
      guard let topics = readers[reader]?.topics.keys else { continue }
      for topic in topics { readers[reader]?.topics[topic]?.insert(article) }
    }
  }

  private mutating func nextOffer(_ article: Int, isErratum: Bool) -> Offer {
    offerCount += 1
    let offer = Offer(article: article, isErratum: isErratum, number: offerCount)
    for reader in readers.keys { readers[reader]?.waiting.insert(offer) }
    return offer
  }

  func isVisible(_ article: Int, asOf: Instant) -> Bool {
    stories[article].map { !$0.isDraft && $0.published <= asOf } ?? false
  }
}

// MARK: - What happens to readers

extension Oracle {
  /// A reader who comes gets what everyone's next issue has.
  mutating func join(_ reader: Int, _ cadence: Cadence, _ topics: [String]) {
    let news = news[cadence] ?? []
    readers[reader] = Reader(
      cadence: cadence,
      topics: Dictionary(uniqueKeysWithValues: topics.map { ($0, news) }),
      waiting: Set(offers.values).union(errata.values)
    )
  }

  mutating func choose(_ reader: Int, _ cadence: Cadence, _ topics: [String]) {
    let old = readers[reader]?.topics ?? [:]
    readers[reader]?.cadence = cadence
    readers[reader]?.topics = Dictionary(
      uniqueKeysWithValues: topics.map { ($0, old[$0] ?? news[cadence] ?? []) }
    )
  }

  /// One topic takes another's articles and readers over.
  mutating func merge(_ former: String, into topic: String) {
    for reader in readers.keys {
      guard let articles = readers[reader]?.topics.removeValue(forKey: former) else { continue }
      readers[reader]?.topics[topic, default: []].formUnion(articles)
    }
  }
}

// MARK: - Issues

extension Oracle {
  /// Does what a run does before it sends: gives up what is too late, and plans what is due.
  ///
  /// - Returns: the keys of the issues that it planned, by digest.
  mutating func plan(_ plans: [DigestPlanned], topics: [String], asOf: Instant) -> [Cadence: Int] {
    var planned: [Cadence: Int] = [:]
    for plan in plans {
      expire(plan.cadence, asOf: asOf, maxLateness: plan.maxLateness)
      guard let slot = dueSlot(plan, asOf: asOf) else { continue }
      lastSlots[plan.cadence] = slot.date
      guard asOf.since(slot.instant) <= plan.maxLateness else { continue }
      planned[plan.cadence] = self.plan(plan, slot.instant, topics)
    }
    return planned
  }

  func dueSlot(_ plan: DigestPlanned, asOf: Instant) -> (date: CivilDate, instant: Instant)? {
    guard let slot = plan.slots.last(where: { $0.instant <= asOf }),
      slot.date > lastSlots[plan.cadence] ?? slot.date.adding(days: -1)
    else { return nil }
    return slot
  }

  private mutating func expire(_ digest: Cadence, asOf: Instant, maxLateness: Interval) {
    var expired: Set<Int> = []
    eachDelivery { delivery, issue in
      guard delivery.state == .pending, issue.digest == digest, issue.state != .cancelled,
        maxLateness < asOf.since(issue.slot)
      else { return }
      delivery.state = .over
      expired.insert(delivery.issue)
    }
    // What is held for too long will never go out.
    for issue in expired where issues[issue].state == .held { cancel(issue) }
  }

  private mutating func eachDelivery(_ change: (inout Delivery, Issue) -> Void) {
    for (key, reader) in readers {
      var reader = reader
      for index in reader.deliveries.indices {
        change(&reader.deliveries[index], issues[reader.deliveries[index].issue])
      }
      readers[key] = reader
    }
  }

  private mutating func plan(_ plan: DigestPlanned, _ slot: Instant, _ topics: [String]) -> Int {
    issues.append(Issue(digest: plan.cadence, slot: slot, news: news[plan.cadence] ?? []))
    news[plan.cadence] = []
    var putOff: Set<Int> = []
    for reader in readers.values where reader.cadence == plan.cadence && !reader.isDead {
      let owed = articles(for: reader, reader.current, topics, without: []).joined()
      putOff.formUnion(plan.excluded.intersection(owed))
    }
    for (key, reader) in readers where reader.cadence == plan.cadence && !reader.isDead {
      readers[key] = self.plan(plan, slot, topics, for: reader)
    }
    let issue = issues.count - 1
    if let lead = plan.lead, !deliveries(of: issue).isEmpty, !lists(lead, issue) {
      issues[issue].state = .held
    }
    for article in putOff { offer(article) }
    return issue
  }

  private func deliveries(of issue: Int) -> [Delivery] {
    readers.values.flatMap(\.deliveries).filter { $0.issue == issue }
  }

  /// Whether a message has an article, or the page that has all that is new.
  private func lists(_ article: Int, _ issue: Int) -> Bool {
    deliveries(of: issue).contains { $0.articles.contains(article) }
      || offers[article] != nil && issues[issue].news.contains(article)
  }

  private mutating func plan(
    _ plan: DigestPlanned,
    _ slot: Instant,
    _ topics: [String],
    for old: Reader
  ) -> Reader {
    var reader = old
    let waiting = reader.current
    var lists = articles(for: reader, waiting, topics, without: plan.excluded)
    let corrections = errata.values.filter { offer in
      waiting.contains(offer) && isVisible(offer.article, asOf: plan.asOf)
        && reader.hasRead(offer.article)
    }
    let count = lists.reduce(corrections.count) { $0 + $1.count }
    if count == 0 {
      if reader.absences.isEmpty { reader.waiting = [] }
      return reader
    }
    guard count >= plan.minItems else { return reader }
    guard slot >= reader.pausedUntil else {
      reader.absences.append((issues.count - 1, waiting))
      return reader
    }
    if let lead = plan.lead, let place = lists.firstIndex(where: { $0.contains(lead) }) {
      let list = lists.remove(at: place)
      lists.insert([lead] + list.filter { $0 != lead }, at: 0)
    }
    shorten(&lists, to: plan.ceiling)
    for index in reader.deliveries.indices where reader.deliveries[index].state == .pending {
      reader.deliveries[index].state = .over
    }
    let articles = lists.flatMap { $0 }
    listed.formUnion(articles)
    reader.deliveries.append(
      Delivery(
        issue: issues.count - 1,
        articles: articles,
        corrections: corrections.sorted { $0.number > $1.number }.map(\.article),
        waiting: waiting
      )
    )
    return reader
  }

  /// What a reader should get, in a list a topic, newest first.
  private func articles(
    for reader: Reader,
    _ waiting: Set<Offer>,
    _ topics: [String],
    without excluded: Set<Int>
  ) -> [[Int]] {
    let owed = offers.values.filter { offer in
      waiting.contains(offer) && !excluded.contains(offer.article)
        && !reader.hasRead(offer.article)
        && stories[offer.article]?.topics.contains {
          reader.topics[$0]?.contains(offer.article) == true
        } == true
    }.map(\.article)
    let places = Dictionary(grouping: owed) { article in
      topics.firstIndex { topic in
        reader.topics[topic] != nil && stories[article]?.topics.contains(topic) == true
      } ?? -1
    }
    return places.sorted { $0.key < $1.key }.map { $0.value.sorted(by: isNewer) }
  }

  private func isNewer(_ left: Int, _ right: Int) -> Bool {
    guard let left = stories[left], let right = stories[right] else { return false }
    return (left.published, left.id) > (right.published, right.id)
  }

  /// Takes the oldest article from the longest list, again and again.
  private func shorten(_ lists: inout [[Int]], to ceiling: Int) {
    while lists.reduce(0, { $0 + $1.count }) > ceiling {
      let longest = lists.map(\.count).max() ?? 0
      guard longest > 1, let index = lists.lastIndex(where: { $0.count == longest }) else { return }
      lists[index].removeLast()
    }
  }

  mutating func cancel(_ issue: Int) {
    issues[issue].state = .cancelled
    news[issues[issue].digest]?.formUnion(issues[issue].news)
    for key in readers.keys {
      readers[key]?.absences.removeAll { $0.issue == issue }
    }
    eachDelivery { delivery, _ in
      if delivery.issue == issue, delivery.state == .pending { delivery.state = .over }
    }
  }
}

// MARK: - Deliveries

extension Oracle {
  /// What should be handed over now, by reader; what went missing meanwhile is left out.
  mutating func dueMessages(asOf: Instant) -> [Message] {
    var messages: [Message] = []
    for (key, reader) in readers.sorted(by: { $0.key < $1.key }) {
      var reader = reader
      for index in reader.deliveries.indices where reader.deliveries[index].isOpen {
        let delivery = reader.deliveries[index]
        guard issues[delivery.issue].state == .planned else { continue }
        if reader.isDead {
          reader.deliveries[index].state = .over
          continue
        }
        if issues[delivery.issue].slot < reader.pausedUntil {
          if !delivery.wasUncertain {
            reader.absences.append((delivery.issue, delivery.waiting))
          }
          reader.deliveries[index].state = .over
          continue
        }
        let left = delivery.articles.filter { isVisible($0, asOf: asOf) }
        if left.isEmpty, !delivery.articles.isEmpty {
          reader.deliveries[index].state = .over
          continue
        }
        messages.append(
          Message(
            reader: key,
            delivery: index,
            articles: left,
            corrections: delivery.corrections.filter { isVisible($0, asOf: asOf) }
          )
        )
      }
      readers[key] = reader
    }
    return messages
  }

  struct Message: Equatable {
    var reader: Int
    var delivery: Int
    var articles: [Int]
    var corrections: [Int]
  }

  mutating func settle(_ message: Message, _ fate: Fate) {
    guard var reader = readers[message.reader] else { return }
    var delivery = reader.deliveries[message.delivery]
    delivery.sent = Set(message.articles)
    switch fate {
    case .accepted: delivery.state = .accepted
    case .noSuchAddress, .policy: delivery.state = .over
    // What may have arrived is tried once more whatever is planned meanwhile.
    case .later: delivery.state = delivery.wasUncertain ? .uncertain : .pending
    case .silence:
      delivery.state = delivery.wasUncertain ? .unknown : .uncertain
      delivery.wasUncertain = true
    }
    reader.deliveries[message.delivery] = delivery
    if fate == .noSuchAddress { reader.isDead = true }
    if fate != .later, fate != .policy {
      reader.waiting.subtract(delivery.waiting)
      for absence in reader.absences where absence.issue <= delivery.issue {
        reader.waiting.subtract(absence.waiting)
      }
      reader.absences.removeAll { $0.issue <= delivery.issue }
    }
    readers[message.reader] = reader
  }
}

extension Oracle.Reader {
  /// What is waiting, less what went by during a pause.
  var current: Set<Oracle.Offer> {
    absences.reduce(waiting) { $0.subtracting($1.waiting) }
  }

  func hasRead(_ article: Int) -> Bool {
    deliveries.contains { $0.wasRead && $0.sent.contains(article) }
  }
}

/// What becomes of a message at the relay.
enum Fate: CaseIterable { case accepted, later, noSuchAddress, policy, silence }

/// A digest as one run finds it.
struct DigestPlanned {
  var cadence: Cadence
  /// All of the year.
  var slots: [(date: CivilDate, instant: Instant)]
  var maxLateness: Interval
  var minItems: Int
  var ceiling: Int
  var excluded: Set<Int>
  var lead: Int?
  var asOf: Instant
}

/// An article as the editor has it now.
struct Story {
  var number: Int
  var published: Instant
  var topics: [String]
  var isDraft = false
  var inDigest = true
  var isArchive = false
  var hasErratum = false
  var edits = 0

  var id: String { "tag:veille.example.org,2026:articles/a\(number)" }
}
