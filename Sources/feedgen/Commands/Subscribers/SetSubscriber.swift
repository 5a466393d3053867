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
}
