import ArgumentParser
import Model
import Store

extension Subscribers {
  struct Add: SiteCommand {
    static let configuration = CommandConfiguration(
      commandName: "add",
      abstract: "Adds a subscriber, or changes their choices.",
      discussion: """
        Only for people who asked for it: say how with --consent. Without --topic, all topics are \
        chosen.

        Example: feedgen subscribers add lectrice@courrier.example --topic bielorussie \
        --consent "by letter, 12 November 2026"
        """
    )

    @OptionGroup var options: SiteOptions
    @Argument(help: "The address.") var address: String
    @Option(help: "The name that the address is shown with.") var name: String?
    @Option(help: "A topic's slug or title; may be repeated.") var topic: [String] = []
    @Option(help: "The language of the digest's own words; default: the site's.")
    var language: String?
    @Option(help: "daily, weekly or monthly.") var cadence = "weekly"
    @Option(help: "How the person asked to be written to.") var consent: String

    func run(_ report: Report) throws {
      let configuration = try options.configuration()
      let row = try SubscriberTable.Row(
        [
          .email: address, .name: name ?? "", .topics: topic.joined(separator: ";"),
          .language: language ?? "", .cadence: cadence,
        ],
        named: "subscribers add",
        of: configuration.site
      )
      let open = try OpenSite(configuration, asOf: .now)
      var summary = SubscriberSummary()
      for result in try open.put([row], consent: consent, asOf: .now) { summary.count(result) }
      try summary.tell(report)
    }
  }
}
