import ArgumentParser
import Model
import Store

extension Subscribers {
  struct Set: SiteCommand {
    static let configuration = CommandConfiguration(
      commandName: "set",
      abstract: "Changes what a subscriber gets, how often, and when not.",
      discussion: """
        What is not named stays as it is. Nothing that was sent comes again, and nothing that is \
        owed is lost. --topic names all topics that there are to be.

        Example: feedgen subscribers set ines@courrier.example --cadence weekly \
        --pause-until 2027-01-04
        """
    )

    @OptionGroup var options: SiteOptions
    @Argument(help: "The address.") var address: String
    @Option(help: "The name that the address is shown with; empty for none.") var name: String?
    @Option(help: "A topic's slug or title; may be repeated.") var topic: [String] = []
    @Option(help: "The language of the digest's own words.") var language: String?
    @Option(help: "daily, weekly or monthly.") var cadence: String?
    @Option(help: "Send no issue that is due before this day: 2027-01-04.") var pauseUntil: String?
    @Flag(help: "Send issues again.") var noPause = false

    func validate() throws {
      if pauseUntil != nil, noPause {
        throw ValidationError("--pause-until and --no-pause exclude each other.")
      }
    }

    func run(_ report: Report) throws {
      let configuration = try options.configuration()
      let open = try OpenSite(configuration, asOf: .now)
      var record = try open.subscriber(address)
      let old = record
      record.subscriber = try subscriber(record.subscriber, configuration.site)
      record.pausedUntil = try pause(record.pausedUntil, configuration.site.zone)
      try open.store.update(record, asOf: .now)
      try ChangedSubscriber(record, isChanged: record != old).tell(report)
    }

    /// The subscriber as they are to be, checked by the rules of a table's row.
    private func subscriber(_ old: Subscriber, _ site: Site) throws -> Subscriber {
      let row = try SubscriberTable.Row(
        [
          .email: old.address.description, .name: name ?? old.name ?? "",
          .topics: topic.joined(separator: ";"), .language: language ?? old.language.tag,
          .cadence: cadence ?? old.cadence.rawValue,
        ],
        named: "subscribers set",
        of: site
      )
      var subscriber = row.subscriber
      if topic.isEmpty { subscriber.topics = old.topics }
      return subscriber
    }

    private func pause(_ old: Instant?, _ zone: Zone) throws -> Instant? {
      if noPause { return nil }
      guard let pauseUntil else { return old }
      guard let instant = Instant(pauseUntil, in: zone) else {
        throw ValidationError("--pause-until: “\(pauseUntil)” is no date; write 2027-01-04.")
      }
      return instant
    }
  }

  struct Move: SiteCommand {
    static let configuration = CommandConfiguration(
      commandName: "move",
      abstract: "Gives a subscriber another address.",
      discussion: """
        Choices and consent stay with the person, and messages that wait go to the new address.

        Example: feedgen subscribers move ines@courrier.example ines@nouveau.example
        """
    )

    @OptionGroup var options: SiteOptions
    @Argument(help: "The address until now.") var old: String
    @Argument(help: "The new address.") var new: String

    func run(_ report: Report) throws {
      let open = try OpenSite(try options.configuration(), asOf: .now)
      var record = try open.subscriber(old)
      let address = try open.address(new)
      if let reason = record.suppression, reason != .dead {
        throw ValidationError(
          "\(old): must not be written to (\(reason.rawValue)), at another address neither."
        )
      }
      guard try open.store.move(record.key, to: address) else {
        throw ValidationError(
          "\(new): is another subscriber’s, or must not be written to; see “subscribers list”."
        )
      }
      record.subscriber.address = address
      try ChangedSubscriber(record, isChanged: true).tell(report)
    }
  }
}

extension OpenSite {
  fileprivate func address(_ text: String) throws -> EmailAddress {
    guard let address = EmailAddress(text) else {
      throw ValidationError("“\(text)” is no e-mail address.")
    }
    return address
  }

  fileprivate func subscriber(_ text: String) throws -> SubscriberRecord {
    guard let record = try store.subscriber(address(text)) else {
      throw ValidationError("\(text): nobody has subscribed with it; see “subscribers list”.")
    }
    return record
  }
}

extension SubscriberTable.Row {
  /// The arguments of a command as a row of a table, so that both are checked by the same rules.
  init(
    _ fields: [SubscriberTable.Column: String],
    named command: String,
    of site: Site
  ) throws {
    let fields = fields.sorted { $0.key.rawValue < $1.key.rawValue }
    let text =
      SubscriberTable.line(fields.map(\.key.rawValue)) + SubscriberTable.line(fields.map(\.value))
    let table = SubscriberTable(path: command, site: site, now: .now)
    var pieces = [Array(text.utf8), []][...]
    var row: SubscriberTable.Row?
    try table.read(pieces: { pieces.removeFirst() }) { row = try $0.get() }
    guard let row else { throw ValidationError("No address was given.") }
    guard site.serves(row.subscriber.cadence) else {
      throw ValidationError("--cadence: this site has no \(row.subscriber.cadence) digest.")
    }
    self = row
  }
}

/// What became of a subscriber, as people and programs are told.
private struct ChangedSubscriber: Encodable {
  let email: String
  let isChanged: Bool

  init(_ record: SubscriberRecord, isChanged: Bool) {
    email = record.subscriber.address.description
    self.isChanged = isChanged
  }

  func tell(_ report: Report) throws {
    if report.isJSON { return try report.document(self) }
    report.say("\(email): \(isChanged ? "changed" : "unchanged").")
  }
}
