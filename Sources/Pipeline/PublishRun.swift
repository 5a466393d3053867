package import Delivering
import Importing
package import Model
import Publishing
package import Rendering
package import Store

/// One run of `feedgen publish`: import → feeds → hubs → the issues due → their deliveries.
package struct PublishRun {
  package struct Parts: OptionSet, Sendable {
    package let rawValue: Int

    package init(rawValue: Int) { self.rawValue = rawValue }

    package static let feeds = Parts(rawValue: 1)
    package static let digests = Parts(rawValue: 2)
  }

  /// What a run works on, and with what clock.
  package struct Settings {
    package var site: Site
    package var sources: [FolderSource]
    package var outputPath: String
    package var parts: Parts
    /// Whether every published file is looked at.
    package var isVerifying: Bool
    package var importing: ImportOptions
    /// The instant that selection, calendar and stored times see.
    package var asOf: Instant
    /// The real time, for what waits.
    package var clock: @Sendable () -> Instant
    /// Where runs note what happens to messages.
    package var journals: JournalFolder
    /// The name under which deliveries are claimed: no two runs have the same.
    package var name: String
    /// Whether messages go to the outbox, where they count as previewed.
    package var isPreviewing: Bool
    /// The key of Message-IDs.
    package var messageKey: [UInt8]
    package var leaveTokens: LeaveTokens
    /// Makes each envelope's sender, where it names the delivery.
    package var verp: VERP?
    /// What the editor has written for the next issue; nil where there is no such file.
    package var nextIssue: EditorialFile?
    /// Whether the editor has stopped all mail.
    package var isOnHold: () -> Bool
    package var shouldStop: () -> Bool
    package var progress: (String) -> Void

    package init(
      site: Site,
      sources: [FolderSource],
      outputPath: String,
      parts: Parts,
      isVerifying: Bool = false,
      importing: ImportOptions,
      asOf: Instant,
      clock: @escaping @Sendable () -> Instant,
      journals: JournalFolder,
      name: String,
      isPreviewing: Bool,
      messageKey: [UInt8],
      leaveTokens: LeaveTokens,
      verp: VERP? = nil,
      nextIssue: EditorialFile? = nil,
      isOnHold: @escaping () -> Bool = { false },
      shouldStop: @escaping () -> Bool,
      progress: @escaping (String) -> Void
    ) {
      self.site = site
      self.sources = sources
      self.outputPath = outputPath
      self.parts = parts
      self.isVerifying = isVerifying
      self.importing = importing
      self.asOf = asOf
      self.clock = clock
      self.journals = journals
      self.name = name
      self.isPreviewing = isPreviewing
      self.messageKey = messageKey
      self.leaveTokens = leaveTokens
      self.verp = verp
      self.nextIssue = nextIssue
      self.isOnHold = isOnHold
      self.shouldStop = shouldStop
      self.progress = progress
    }
  }

  private let store: any SiteStore
  private let settings: Settings
  private let templates: () throws -> Templates

  /// The instant that the run sees.
  package var asOf: Instant { settings.asOf }

  /// - Parameters:
  ///   - templates: asked only where there is something to render with them.
  package init(
    store: any SiteStore,
    settings: Settings,
    templates: @escaping () throws -> Templates
  ) {
    self.store = store
    self.settings = settings
    self.templates = templates
  }

  /// Does everything but deliver.
  ///
  /// What it changes stays, also where a later step throws.
  package func prepare() throws -> PublishReport {
    var report = PublishReport()
    report.imported = try importRun().run(settings.sources)
    if settings.parts.contains(.feeds) {
      report.feeds = try feeds.publish(isVerifying: settings.isVerifying)
      report.hubs = try hubs?.announce(report.feeds.written)
    } else {
      try release()
    }
    guard settings.parts.contains(.digests) else { return report }
    // Before anything is planned: a newer issue must find, and cancel, what a dead run had claimed.
    try recovery.recover()
    try store.expireDeliveries(triedBefore: settings.clock().advanced(by: patience))
    report.issues = try planIssues()
    report.feeds.add(try publishIssues())
    return report
  }

  /// Hands over what is owed; nil where nothing is, so that neither transport nor key is needed.
  package func deliver(
    signedBy signers: () throws -> [DKIMSigner],
    to destination: () throws -> Destination
  ) throws -> DeliveryReport? {
    guard settings.parts.contains(.digests), let mail = settings.site.mail else { return nil }
    guard try store.hasPending(now: settings.clock()) else { return nil }
    guard !settings.isOnHold() else { return DeliveryReport(end: .onHold) }
    let progress = DeliveryProgress(total: try store.counts(of: nil)[.pending] ?? 0)
    let watch = Deliverer.Watch(
      shouldStop: settings.shouldStop,
      isOnHold: settings.isOnHold,
      progress: { report in progress.line(report).map(settings.progress) }
    )
    let report = try delivery(mail, try signers()).deliver(to: try destination(), watch)
    try checkBalance()
    return report
  }

  /// Every delivery that was planned is in one state, and none is left in the hands of this run.
  private func checkBalance() throws {
    let left = try store.claims(of: settings.name, atMost: 1)
    let issues = try store.issues(atMost: 10).filter { issue in
      let total = try store.counts(of: issue.key).values.reduce(0, +)
      return issue.deliveries.map { $0 != total } ?? false
    }
    guard left.isEmpty, issues.isEmpty else {
      throw DeliveryImbalance(issues: issues.map(\.name), hasClaims: !left.isEmpty)
    }
  }

  private var recovery: DeliveryRecovery {
    DeliveryRecovery(
      queue: store,
      journals: settings.journals,
      schedule: schedule,
      clock: settings.clock
    )
  }

  private var schedule: RetrySchedule {
    RetrySchedule(repeatsUncertain: settings.site.mail?.repeatsUncertain ?? true)
  }

  /// For how long a message is tried; negative.
  private var patience: Interval {
    Interval(seconds: -(settings.site.mail?.patience ?? .days(2)).seconds)
  }

  /// Writes the reports that are due to the editor.
  ///
  /// - Returns: how many wait to be delivered.
  package func report() throws -> Int {
    guard settings.parts.contains(.digests), let mail = settings.site.mail,
      let editor = settings.site.notify.editor
    else { return 0 }
    let reports = IssueReports(
      store: store,
      site: settings.site,
      editor: editor,
      mail: staffMail(mail),
      asOf: settings.asOf
    )
    return try reports.write(templates)
  }

  /// Writes letters about problems that are new, changed or solved to whoever can mend them.
  ///
  /// - Returns: how many wait to be delivered.
  package func tell(_ news: ProblemNews) throws -> Int {
    let zone = settings.site.zone
    let lines = news.toSay.map { $0.words(in: zone) } + news.solved.map { "✓ \($0.text)" }
    guard let mail = settings.site.mail, !lines.isEmpty else { return 0 }
    let notify = settings.site.notify
    let readers = Set([notify.editor, notify.operator].compactMap { $0 })
      .sorted { $0.description < $1.description }
    let subject = try StaffTexts(try templates(), settings.site).problemsSubject(lines.count)
    try store.add(
      readers.map { reader in
        let bytes = staffMail(mail).bytes(
          to: reader,
          subject: subject,
          text: lines.joined(separator: "\n\n") + "\n",
          name: "problems \(settings.name)",
          date: settings.asOf
        )
        return StaffMessage(recipient: reader, bytes: bytes)
      }
    )
    return readers.count
  }

  private func staffMail(_ mail: MailSettings) -> StaffMail {
    StaffMail(site: settings.site, mail: mail, messageKey: settings.messageKey)
  }

  /// What the run would do, worked out on a copy of the store: no file and no message is written.
  package func rehearse() throws -> PublishPlan {
    var plan = PublishPlan()
    plan.imported = try importRun().run(settings.sources)
    plan.released = try store.release(
      asOf: settings.asOf,
      blockSize: settings.site.feeds.entries
    )
    if settings.parts.contains(.feeds) { plan.documents = try feeds.stalePaths() }
    if settings.parts.contains(.digests) {
      plan.issues = try planIssues()
      plan.waiting = try store.counts(of: nil)[.pending] ?? 0
    }
    if !settings.parts.isEmpty { plan.documents += try feeds.staleIssuePaths() }
    return plan
  }

  /// The next issue of a digest for one reader, worked out on a copy of the store; nil where there
  /// is nothing to say, or mail is not configured.
  ///
  /// - Parameters:
  ///   - number: makes the Message-ID; see ``DigestPreview``.
  ///   - linksPage: whether it links to the issue's page, which is not there yet.
  package func preview(
    _ digest: DigestSettings,
    for reader: PreviewReader,
    number: Int64 = 0,
    linksPage: Bool = true
  ) throws -> PreviewedMessage? {
    guard let mail = settings.site.mail else { return nil }
    _ = try importRun().run(settings.sources)
    try release()
    return try DigestPreview(plan: plan(of: digest), message: message(mail))
      .message(for: reader, number: number, linksPage: linksPage)
  }

  private func release() throws {
    try store.release(asOf: settings.asOf, blockSize: settings.site.feeds.entries)
  }

  private var feeds: FeedPublication {
    FeedPublication(
      store: store,
      site: settings.site,
      templates: templates,
      outputPath: settings.outputPath,
      asOf: settings.asOf
    )
  }

  private var hubs: HubAnnouncement? {
    guard !settings.site.feeds.hubs.isEmpty else { return nil }
    return HubAnnouncement(
      store: store,
      site: settings.site,
      clock: settings.clock,
      shouldStop: settings.shouldStop,
      tell: HubClient().tell
    )
  }

  private func importRun() -> ImportRun {
    ImportRun(
      store: store,
      site: settings.site,
      options: settings.importing,
      defaults: ReadingDefaults(),
      asOf: settings.asOf,
      now: settings.clock(),
      progress: { settings.progress("\($0): \($1) of \($2)") }
    )
  }

  /// Works out again an issue of which nothing has gone out; nil where mail is not configured, or
  /// its digest is not there any more.
  package func replan(_ issue: IssueRecord) throws -> PlannedIssue? {
    let digest = settings.site.digests.first { $0.name == issue.name.digest }
    guard settings.site.mail != nil, let digest else { return nil }
    try store.setState(.cancelled, of: issue.key)
    return try plan(of: digest).replan(issue)
  }

  /// Counts as sent what a store that is an older copy does not know of: the messages that wait, and
  /// the issues that were due by an instant, for all that is there to import.
  package func countAsSent(dueBy instant: Instant) throws -> CountedAsSent {
    _ = try importRun().run(settings.sources)
    try release()
    var counted = CountedAsSent()
    counted.messages = try store.countAsSent(dueBy: instant)
    guard settings.site.mail != nil else { return counted }
    for digest in settings.site.digests {
      let plan = try plan(of: digest, copying: false)
      if let name = try plan.planLost(dueBy: instant) { counted.issues.append(name) }
    }
    _ = try store.countAsSent(dueBy: instant)
    return counted
  }

  private func planIssues() throws -> [PlannedIssue] {
    // Without a sender there is no mail; what was planned now would go out late when there is one.
    guard settings.site.mail != nil else { return [] }
    return try settings.site.digests.flatMap { try plan(of: $0).plan() }
  }

  /// Puts the pages in place that messages link to, before the first of them leaves.
  private func publishIssues() throws -> FeedReport {
    guard try store.hasStaleWebEditions() else { return FeedReport() }
    return settings.parts.contains(.feeds) ? try feeds.publish() : try feeds.publishWebEditions()
  }

  /// - Parameter copying: whether the reviewers get copies.
  private func plan(of digest: DigestSettings, copying: Bool = true) throws -> DigestPlan {
    try DigestPlan(
      store: store,
      site: settings.site,
      digest: digest,
      templates: templates,
      asOf: settings.asOf,
      isPreviewing: settings.isPreviewing,
      editorial: settings.nextIssue?.editorial(for: digest, of: settings.site, in: store),
      message: copying ? settings.site.mail.map(message) : nil
    )
  }

  private func message(_ mail: MailSettings) -> DigestMessage {
    DigestMessage(
      site: settings.site,
      mail: mail,
      messageKey: settings.messageKey,
      leaveTokens: settings.leaveTokens,
      archiveURL: settings.site.feedsURL + WebEditionPlace.folder
    )
  }

  private func delivery(_ mail: MailSettings, _ signers: [DKIMSigner]) throws -> DigestDelivery {
    DigestDelivery(
      store: store,
      settings: DigestDelivery.Settings(
        sender: { [verp = settings.verp] in verp?.sender(of: $0) ?? mail.envelopeSender },
        message: message(mail),
        signers: signers,
        journals: settings.journals,
        schedule: schedule,
        run: settings.name,
        asOf: settings.asOf,
        clock: settings.clock
      )
    )
  }
}

/// What a run did.
package struct PublishReport: Sendable {
  package var imported = ImportReport()
  package var feeds = FeedReport()
  /// Nil where the site has no hubs.
  package var hubs: HubReport?
  package var issues: [PlannedIssue] = []
  package var delivered: DeliveryReport?

  package init() {}
}

/// What a run would do.
package struct PublishPlan: Sendable {
  package var imported = ImportReport()
  package var released = 0
  /// Paths below the output folder.
  package var documents: [String] = []
  package var issues: [PlannedIssue] = []
  /// Messages that would be handed over.
  package var waiting = 0

  package init() {}
}
