import ArgumentParser
import Model
import Pipeline
import Store
import Transfer

extension Issues {
  struct Hold: SiteCommand {
    static let configuration = CommandConfiguration(
      commandName: "hold",
      abstract: "Stops an issue, also while it is being sent: no other message of it goes out.",
      discussion: "Example: feedgen issues hold weekly"
    )

    @OptionGroup var options: SiteOptions
    @Argument(help: "The issue: weekly/2026-11-23, or weekly for the latest.") var name: String

    func run(_ report: Report) throws {
      let open = try OpenSite(reading: try options.configuration())
      let issue = try open.issue(name)
      try open.decide(.hold, about: issue)
      let outcome = "Held; to let it go: feedgen issues release \(issue.name)"
      try open.tell(report, outcome, about: issue.name)
    }
  }

  struct Release: SiteCommand {
    static let configuration = CommandConfiguration(
      commandName: "release",
      abstract: "Lets an issue go that is held.",
      discussion: "Example: feedgen issues release weekly/2026-11-23"
    )

    @OptionGroup var options: SiteOptions
    @Argument(help: "The issue: weekly/2026-11-23, or weekly for the latest.") var name: String
    @Flag(help: "It went out before the store was restored: send nothing, and go on from there.")
    var alreadySent = false

    func run(_ report: Report) throws {
      let open = try OpenSite(reading: try options.configuration())
      let issue = try open.issue(name)
      if alreadySent {
        try issue.require([.held], for: "it is not held.")
        try open.store.settleUnsent(of: issue.key, wasSent: true)
        // It is an issue like those that this store saw going out.
        try open.store.setState(.planned, of: issue.key)
        let outcome = "Settled: what was in it comes in no later issue."
        return try open.tell(report, outcome, about: issue.name)
      }
      try open.decide(.release, about: issue)
      let outcome = "Released; it goes out with the next “feedgen publish” after its time."
      try open.tell(report, outcome, about: issue.name)
    }
  }

  struct Approve: SiteCommand {
    static let configuration = CommandConfiguration(
      commandName: "approve",
      abstract: "Says that an issue may go out as it is.",
      discussion: "Example: feedgen issues approve weekly/2026-11-23"
    )

    @OptionGroup var options: SiteOptions
    @Argument(help: "The issue: weekly/2026-11-23, or weekly for the latest.") var name: String

    func run(_ report: Report) throws {
      let open = try OpenSite(reading: try options.configuration())
      let issue = try open.issue(name)
      try open.decide(.approve, about: issue)
      let outcome = "Approved; it goes out with the next “feedgen publish” after its time."
      try open.tell(report, outcome, about: issue.name)
    }
  }

  struct Cancel: SiteCommand {
    static let configuration = CommandConfiguration(
      commandName: "cancel",
      abstract: "Gives an issue up; its articles are in the next one.",
      discussion: "Example: feedgen issues cancel weekly/2026-11-23"
    )

    @OptionGroup var options: SiteOptions
    @Argument(help: "The issue: weekly/2026-11-23, or weekly for the latest.") var name: String
    @Flag(help: "Its articles come in no later issue either.") var drop = false

    func run(_ report: Report) throws {
      let open = try OpenSite(reading: try options.configuration())
      let issue = try open.issue(name)
      try open.allowCancelling(issue)
      if drop { try open.store.settleUnsent(of: issue.key, wasSent: false) }
      try open.store.setState(.cancelled, of: issue.key)
      try open.tell(report, "Cancelled.", about: issue.name)
    }
  }

  struct Replan: SiteCommand {
    static let configuration = CommandConfiguration(
      commandName: "replan",
      abstract: "Works an issue out again, with the articles as they are now.",
      discussion: """
        Only while nothing of it has gone out, and no later issue has its articles; also after it \
        was cancelled. What was held stays held. Texts are taken from the store: run “feedgen import” \
        first where files have changed.

        Example: feedgen issues replan weekly/2026-11-23
        """
    )

    @OptionGroup var options: SiteOptions
    @Argument(help: "The issue: weekly/2026-11-23, or weekly for the latest.") var name: String
    @Flag(help: "Leave out what messages in the outbox had, as if they had been sent.")
    var skipPreviewed = false

    func run(_ report: Report) throws {
      let configuration = try options.configuration()
      let lock = try RunLock(beside: configuration.storePath, asOf: .now)
      defer { withExtendedLifetime(lock) {} }
      let open = try OpenSite(configuration, asOf: .now)
      let issue = try open.issue(name)
      try issue.require(
        [.review, .held, .planned, .cancelled],
        for: "there is nothing to work out again."
      )
      try open.requireLatest(issue)
      try open.refuseSent(issue)
      if skipPreviewed { try open.store.settlePreviewed() }
      let asOf = max(.now, try open.store.lastRun()?.asOf ?? .now)
      let result = try open.publishRun(parts: [.digests], asOf: asOf, report).replan(issue)
      let outcome = result.map { IssueSummary($0).line }
      try open.tell(report, outcome ?? lostDigest, about: issue.name)
    }
  }

  struct Resend: SiteCommand {
    static let configuration = CommandConfiguration(
      commandName: "resend",
      abstract: "Sends an issue once more to subscribers who did not get it.",
      discussion: """
        The same message with the same Message-ID, with the next “feedgen publish”.

        Example: feedgen issues resend weekly/2026-11-23 ines@courrier.example
        """
    )

    @OptionGroup var options: SiteOptions
    @Argument(help: "The issue: weekly/2026-11-23, or weekly for the latest.") var name: String
    @Argument(help: "The subscribers' addresses.") var addresses: [String]

    func run(_ report: Report) throws {
      let open = try OpenSite(reading: try options.configuration())
      let issue = try open.issue(name)
      try issue.require([.planned], for: "only one that was sent can be sent again.")
      let missing = try open.store.resend(issue.key, to: addresses.map(address))
      guard missing.isEmpty else {
        let names = missing.map(\.description).joined(separator: ", ")
        throw ValidationError("\(issue.name) was not for \(names); all others get it again.")
      }
      try open.tell(report, "They get it with the next “feedgen publish”.", about: issue.name)
    }
  }
}

private let lostDigest = "Its digest is not configured any more."

private func address(_ text: String) throws -> EmailAddress {
  if let address = EmailAddress(converting: text) { return address }
  throw ValidationError("“\(text)” is no e-mail address; write name@example.org.")
}

extension IssueDecision {
  fileprivate var condition: String {
    switch self {
    case .hold: "nothing of it waits to be sent."
    case .release: "it is not held."
    case .approve: "it does not wait for approval."
    case .cancel: "there is nothing to give up."
    }
  }
}

extension IssueRecord {
  fileprivate func require(_ states: [IssueState], for reason: String) throws {
    guard !states.contains(state) else { return }
    throw ValidationError("\(name) is \(state.rawValue): \(reason)")
  }
}

extension OpenSite {
  fileprivate func decide(_ decision: IssueDecision, about issue: IssueRecord) throws {
    do {
      try store.decide(decision, about: issue, at: .now)
    } catch let refusal as IssueRefusal {
      throw try mistake(refusal, decision, issue)
    }
  }

  /// Says, where an issue cannot be given up, what is in the way.
  fileprivate func allowCancelling(_ issue: IssueRecord) throws {
    guard let refusal = try store.refusal(of: .cancel, about: issue) else { return }
    throw try mistake(refusal, .cancel, issue)
  }

  private func mistake(
    _ refusal: IssueRefusal,
    _ decision: IssueDecision,
    _ issue: IssueRecord
  ) throws -> ValidationError {
    switch refusal {
    case .state(let state):
      ValidationError("\(issue.name) is \(state.rawValue): \(decision.condition)")
    case .over: ValidationError("\(issue.name): nothing of it waits to be sent.")
    case .waits: ValidationError(try waiting(issue) ?? "")
    }
  }

  /// What an older issue had is in a later one.
  fileprivate func requireLatest(_ issue: IssueRecord) throws {
    let latest = try self.issue(issue.name.digest)
    guard latest.name != issue.name else { return }
    throw ValidationError("\(issue.name): its articles are in \(latest.name).")
  }

  /// A new plan would be a second message for those who have one.
  fileprivate func refuseSent(_ issue: IssueRecord) throws {
    let counts = try store.counts(of: issue.key)
    let unsent: Set<DeliveryState> = [.pending, .cancelled, .expired]
    let sent = counts.filter { !unsent.contains($0.key) }.values.reduce(0, +)
    guard sent > 0 else { return }
    throw ValidationError(
      "\(issue.name): \(sent) messages have gone out; what is new comes in the next issue. To stop "
        + "the others: feedgen issues cancel \(issue.name)"
    )
  }
}
