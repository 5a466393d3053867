import Cryptography
import Delivering
import Foundation
import Model
import Pipeline
import Rendering
import SQLiteStore
import Selecting
import Store
import TestSupport

/// A year of a publication with daily, weekly and monthly digests, played by chance: the real
/// pipeline and the oracle see the same events, and what readers get is compared with what they
/// should.
final class SimulatedYear {
  private static let siteID = "tag:veille.example.org,2026:"
  private static let start = Zone.paris2026.instant(CivilDate("2026-01-05")!, CivilTime("09:00")!)
  private static let end = Zone.paris2026.instant(CivilDate("2026-12-15")!)

  private var random: SeededGenerator
  private let folder = TemporaryFolder()
  private let store: SQLiteSiteStore
  private var site: Site
  private let templates: Templates
  private var oracle = Oracle()
  private var now = SimulatedYear.start
  private var runs = 0
  private var addresses: [Int: String] = [:]
  /// How often each reader was sent each article, where the relay said that it took it.
  private var accepted: [Pair: Int] = [:]
  private var log: [String] = []
  private(set) var messageCount = 0
  /// What went wrong, with the events that it is about.
  private(set) var failure: String?

  private struct Pair: Hashable {
    var reader: Int
    var article: Int
  }

  init(seed: UInt64) throws {
    random = SeededGenerator(seed: seed)
    store = try SQLiteSiteStore(path: folder.file("feedgen.db"), siteID: Self.siteID) {
      Array($0.identity.utf8)
    }
    templates = try Templates()
    site = Self.site(&random)
    try store.setTopics(site.topics, asOf: now)
  }

  private static func site(_ random: inout SeededGenerator) -> Site {
    let eight = CivilTime("08:00")!
    let schedules: [Schedule] = [
      .daily(at: eight), .weekly(on: .monday, at: eight), .monthly(first: .monday, at: eight),
    ]
    return Site(
      title: "Veille",
      url: "https://v.example/",
      feedsURL: "https://v.example/feeds/",
      language: .french,
      zone: .paris2026,
      author: Person(name: "La rédaction"),
      id: siteID,
      topics: ["ta", "tb", "tc", "td"].map { Topic(slug: Slug($0)!, title: $0) },
      digests: schedules.map { schedule in
        DigestSettings(
          name: schedule.cadence.rawValue,
          schedule: schedule,
          maxLateness: schedule.cadence == .daily ? .hours(12) : .days(3),
          minItems: Int.random(in: 1...2, using: &random),
          ceiling: [3, 5, 30].randomElement(using: &random)!
        )
      },
      mail: MailSettings(
        from: Mailbox(address: EmailAddress("lettre@v.example")!),
        unsubscribeMailto: EmailAddress("quitter@v.example")!,
        holdsFirstSend: false,
        holdsAfterGap: false,
        patience: .days(100_000)
      )
    )
  }

  /// Plays the year, or as much of it as goes well.
  func play() throws {
    try run(isOutage: false)
    for _ in 0..<4 { try join() }
    while now < Self.end, failure == nil {
      now = now.advanced(by: .hours(gap()))
      for _ in 0..<Int.random(in: 0...3, using: &random) { try happen() }
      try run(isOutage: chance(5))
      try decide()
    }
    try settleDown()
  }

  /// Hours to the next run: a day or less, but for holidays and breakdowns.
  private func gap() -> Int64 {
    chance(3)
      ? Int64.random(in: 24...480, using: &random) : Int64.random(in: 2...30, using: &random)
  }

  private func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

  /// Some weeks in which everything works: what still waits then waits for ever.
  private func settleDown() throws {
    for issue in oracle.issues.indices where oracle.issues[issue].state == .held {
      try set(issue, .planned)
    }
    isCalm = true
    while failure == nil, now < Self.end.advanced(by: .days(40)) {
      now = now.advanced(by: .hours(20))
      try run(isOutage: false)
    }
  }

  private var isCalm = false
}

// MARK: - Events

extension SimulatedYear {
  private func happen() throws {
    switch Int.random(in: 0..<100, using: &random) {
    case 0..<45: try write()
    case 45..<72: try rewrite()
    case 72..<77: try join()
    case 77..<79: try leave()
    case 79..<88: try choose()
    case 88..<94: try pause()
    case 94..<97: try move()
    default: try merge()
    }
  }

  private func note(_ event: String) { log.append("\(now.rfc3339) \(event)") }

  private func write() throws {
    var story = Story(
      number: oracle.stories.count + 1,
      published: now.advanced(by: .hours(Int64.random(in: -48...0, using: &random))),
      topics: someTopics()
    )
    if chance(10) {
      story.published = now.advanced(by: .hours(.random(in: 1...200, using: &random)))
    }
    if chance(5) { story.inDigest = false }
    if chance(5) {
      story.isArchive = true
      story.published = now.advanced(by: .days(-100))
    }
    try put(story, "written")
  }

  private func someTopics() -> [String] {
    let all = site.topics.map(\.slug.text)
    return Array(all.shuffled(using: &random).prefix(Int.random(in: 1...2, using: &random)))
  }

  private func rewrite() throws {
    let recent = oracle.stories.values.sorted { $0.number < $1.number }.suffix(12)
    guard var story = recent.randomElement(using: &random) else { return }
    story.edits += 1
    switch Int.random(in: 0..<7, using: &random) {
    case 0, 1: story.isDraft.toggle()
    case 2: story.published = now.advanced(by: .hours(.random(in: 1...300, using: &random)))
    case 3: story.inDigest.toggle()
    case 4: story.topics = someTopics()
    case 5: story.hasErratum = !chance(20)
    default: break
    }
    try put(story, "rewritten")
  }

  private func put(_ story: Story, _ what: String) throws {
    oracle.stories[story.number] = story
    note("a\(story.number) \(what): \(story)")
    try store.write(
      [.put(article(story), stamp: nil, isArchive: story.isArchive)],
      asOf: now
    )
  }

  private func join() throws {
    guard oracle.readers.count < 9 else { return }
    let reader = addresses.count + 1
    addresses[reader] = "r\(reader)@x.example"
    let cadence = Cadence.allCases.randomElement(using: &random)!
    let topics = someTopics()
    oracle.join(reader, cadence, topics)
    note("r\(reader) joins: \(cadence) \(topics)")
    try put(reader, .active(Consent(given: now, source: "test")))
  }

  private func leave() throws {
    guard let reader = someReader() else { return }
    note("r\(reader) leaves")
    try put(reader, .suppressed(.left))
    oracle.readers[reader] = nil
  }

  private func someReader() -> Int? { oracle.readers.keys.sorted().randomElement(using: &random) }

  private func put(_ reader: Int, _ standing: SubscriberChange.Standing) throws {
    _ = try store.put(
      [SubscriberChange(subscriber: subscriber(reader), standing: standing)],
      asOf: now
    )
  }

  private func subscriber(_ reader: Int) -> Subscriber {
    let state = oracle.readers[reader]
    return Subscriber(
      address: EmailAddress(addresses[reader]!)!,
      language: reader % 3 == 0 ? .english : .french,
      cadence: state?.cadence ?? .weekly,
      topics: (state?.topics.keys.sorted() ?? []).map { Slug($0)! }
    )
  }

  private func choose() throws {
    guard let reader = someReader(), let state = oracle.readers[reader] else { return }
    let cadence = chance(50) ? state.cadence : Cadence.allCases.randomElement(using: &random)!
    let topics = chance(50) ? state.topics.keys.sorted() : someTopics()
    oracle.choose(reader, cadence, topics)
    note("r\(reader) chooses: \(cadence) \(topics)")
    try update(reader)
  }

  private func pause() throws {
    guard let reader = someReader() else { return }
    let until = now.advanced(by: .hours(.random(in: -5...900, using: &random)))
    oracle.readers[reader]?.pausedUntil = until
    note("r\(reader) pauses until \(until.rfc3339)")
    try update(reader)
  }

  private func update(_ reader: Int) throws {
    guard var record = try store.subscriber(EmailAddress(addresses[reader]!)!) else { return }
    record.subscriber = subscriber(reader)
    record.pausedUntil = oracle.readers[reader]?.pausedUntil
    try store.update(record, asOf: now)
  }

  private func move() throws {
    guard let reader = someReader(),
      let record = try store.subscriber(EmailAddress(addresses[reader]!)!)
    else { return }
    addresses[reader] = "r\(reader)-\(runs)-\(log.count)@y.example"
    note("r\(reader) moves to \(addresses[reader]!)")
    let address = EmailAddress(addresses[reader]!)!
    _ = try store.move(record.key, to: address, telling: nil, asOf: now)
    oracle.readers[reader]?.isDead = false
  }

  /// Once a year, the last topic goes into the first.
  private func merge() throws {
    guard site.topics.count == 4 else { return }
    let former = site.topics.removeLast().slug
    site.topics[0].was = [former]
    note("\(former) is merged into ta")
    oracle.merge(former.text, into: "ta")
    for number in oracle.stories.keys {
      let topics = oracle.stories[number]?.topics ?? []
      oracle.stories[number]?.topics = topics.map { $0 == former.text ? "ta" : $0 }
    }
    try store.setTopics(site.topics, asOf: now)
  }

  /// Now and then the latest issue is held, released or cancelled.
  private func decide() throws {
    guard chance(8), let issue = oracle.issues.indices.last else { return }
    switch oracle.issues[issue].state {
    case .planned: try set(issue, chance(50) ? .held : .cancelled)
    case .held: try set(issue, chance(50) ? .planned : .cancelled)
    case .cancelled: break
    }
  }

  private func set(_ issue: Int, _ state: Oracle.Issue.IssueState) throws {
    note("issue \(issue) is \(state)")
    let digest = oracle.issues[issue].digest
    let record = try store.issues(atMost: 1000).first {
      $0.name.digest == digest.rawValue && $0.slot == oracle.issues[issue].slot
    }
    guard let record else { throw LostIssue(number: issue) }
    if state == .cancelled { oracle.cancel(issue) } else { oracle.issues[issue].state = state }
    let states: [Oracle.Issue.IssueState: IssueStanding] = [
      .planned: .planned, .held: .held([.byHand]), .cancelled: .cancelled,
    ]
    try store.setState(states[state]!, of: record.key)
  }

  private struct LostIssue: Error { var number: Int }

  private func article(_ story: Story) -> Article {
    Article(
      id: story.id,
      slug: Slug("a\(story.number)")!,
      origin: Article.Origin(source: "articles/", key: "a\(story.number).md"),
      standing: story.isDraft ? .draft : .published,
      title: "Article \(story.number)",
      summary: "",
      content: "<p>Texte</p>",
      language: .french,
      authors: [],
      topics: story.topics.map { Slug($0)! },
      url: "https://v.example/a\(story.number)",
      image: nil,
      published: story.published,
      updated: story.published,
      inDigest: story.inDigest,
      erratum: story.hasErratum ? "Le chiffre était faux." : nil,
      source: "",
      sourceHash: [UInt8(truncatingIfNeeded: story.edits)],
      wordsHash: [0],
      derivation: "1"
    )
  }
}

// MARK: - Runs

extension SimulatedYear {
  private func run(isOutage: Bool) throws {
    guard failure == nil else { return }
    runs += 1
    let choice = someChoice()
    oracle.look(asOf: now)
    let chosen = site.digests.randomElement(using: &random)?.name ?? ""
    let plans = site.digests.map { plan($0, $0.name == chosen ? choice : EditorsChoice()) }
    for plan in plans where oracle.dueSlot(plan, asOf: now) != nil { cancelHeld(plan.cadence) }
    let planned = oracle.plan(plans, topics: site.topics.map(\.slug.text), asOf: now)
    for (cadence, issue) in planned.sorted(by: { $0.value < $1.value }) {
      note(
        "issue \(issue) is planned: \(cadence) \(choice == EditorsChoice() ? "" : "\(chosen): \(choice)")"
      )
    }
    let relay = Relay(oracle.dueMessages(asOf: now))
    let run = pipelineRun(choice, of: chosen)
    _ = try run.prepare()
    _ = try run.deliver(signedBy: { [] }) {
      .transport(relay.transport { self.fate(of: $0, isOutage: isOutage, relay) })
    }
    for message in relay.expected { fail("never sent", message.reader, message.articles) }
  }

  /// An issue that is still held when the next is due will never go out.
  private func cancelHeld(_ digest: Cadence) {
    for issue in oracle.issues.indices
    where oracle.issues[issue].digest == digest && oracle.issues[issue].state == .held {
      oracle.cancel(issue)
    }
  }

  /// The articles that the editor puts first or off.
  private func someChoice() -> EditorsChoice {
    let recent = oracle.stories.keys.sorted().suffix(6)
    guard !isCalm, chance(20), let first = recent.randomElement(using: &random),
      let second = recent.randomElement(using: &random)
    else { return EditorsChoice() }
    let ids = [first, second].compactMap { oracle.stories[$0]?.id }
    return EditorsChoice(lead: ids[0], excluded: chance(50) && ids[0] != ids[1] ? [ids[1]] : [])
  }

  private func plan(_ digest: DigestSettings, _ choice: EditorsChoice) -> DigestPlanned {
    let numbers = Dictionary(uniqueKeysWithValues: oracle.stories.values.map { ($0.id, $0.number) })
    return DigestPlanned(
      cadence: digest.schedule.cadence,
      slots: slots(digest.schedule.cadence),
      maxLateness: digest.maxLateness,
      minItems: digest.minItems,
      ceiling: digest.ceiling,
      excluded: Set(choice.excluded.compactMap { numbers[$0] }),
      lead: choice.lead.flatMap { numbers[$0] },
      asOf: now
    )
  }

  /// Every eight o'clock, on the days that the digest goes out.
  private func slots(_ cadence: Cadence) -> [(date: CivilDate, instant: Instant)] {
    let first = CivilDate("2026-01-05")!
    return (0..<400).map { first.adding(days: $0) }.filter { date in
      switch cadence {
      case .daily: true
      case .weekly: date.weekday == .monday
      case .monthly: date.weekday == .monday && date.day <= 7
      }
    }.map { ($0, Zone.paris2026.instant($0, CivilTime("08:00")!)) }
  }

  /// What the editor writes: another text each time, for one is used once.
  private func nextIssue(_ choice: EditorsChoice, of digest: String) -> EditorialFile? {
    guard let lead = choice.lead else { return nil }
    let text = """
      ---
      digest: \(digest)
      lead: \(lead)
      exclude: [\(choice.excluded.sorted().map { "\"\($0)\"" }.joined(separator: ", "))]
      preheader: Run \(runs)
      ---
      """
    return EditorialFile(bytes: Array(text.utf8), path: "next.md")
  }

  private func pipelineRun(_ choice: EditorsChoice, of digest: String) -> PublishRun {
    // Each run is so much later than the one before that all that failed is tried again.
    let clock = now.advanced(by: .hours(Int64(runs) * 10))
    let settings = PublishRun.Settings(
      site: site,
      sources: [],
      outputPath: folder.file("feeds"),
      parts: [.digests],
      importing: ImportOptions(),
      asOf: now,
      clock: { clock },
      journals: JournalFolder(beside: folder.file("store")),
      name: "run \(runs)",
      isPreviewing: false,
      messageKey: [1],
      leaveTokens: LeaveTokens(keys: TokenKeys([1: [1]])),
      nextIssue: nextIssue(choice, of: digest),
      shouldStop: { false },
      progress: { _ in }
    )
    return PublishRun(store: store, settings: settings) { [templates] in templates }
  }

  /// Compares a message with what was expected, and draws what becomes of it.
  private func fate(of message: ReadMessage, isOutage: Bool, _ relay: Relay) -> Fate {
    messageCount += 1
    let reader = addresses.first { $0.value == message.recipient }?.key ?? 0
    note("r\(reader) is sent \(message.articles.map { "a\($0)" })")
    guard let expected = relay.take(reader, message.articles) else {
      let due = relay.expected.filter { $0.reader == reader }.map { $0.articles + $0.corrections }
      fail("expected \(due), got", reader, message.articles + due.joined())
      return .accepted
    }
    let fate = isOutage ? Fate.later : someFate()
    if fate != .accepted { note("r\(reader)’s message: \(fate)") }
    oracle.settle(expected, fate)
    guard fate == .accepted else { return fate }
    for article in expected.articles {
      accepted[Pair(reader: reader, article: article), default: 0] += 1
      if accepted[Pair(reader: reader, article: article)] == 2, !wasUncertain(reader, article) {
        fail("accepted twice", reader, [article])
      }
    }
    return fate
  }

  private func wasUncertain(_ reader: Int, _ article: Int) -> Bool {
    oracle.readers[reader]?.deliveries.contains {
      $0.wasUncertain && $0.articles.contains(article)
    } ?? false
  }

  private func someFate() -> Fate {
    guard !isCalm, chance(15) else { return .accepted }
    return [.later, .later, .silence, .silence, .policy, .noSuchAddress]
      .randomElement(using: &random)!
  }

  private func fail(_ what: String, _ reader: Int, _ articles: [Int]) {
    guard failure == nil else { return }
    let names = ["r\(reader)"] + articles.map { "a\($0)" }
    let story = log.filter { line in
      line.contains(" issue ")
        || line.split { !$0.isLetter && !$0.isNumber }.contains { word in
          names.contains(String(word))
        }
    }
    failure = (["\(what): \(names) at \(now.rfc3339)"] + story.suffix(40)).joined(separator: "\n")
  }
}
