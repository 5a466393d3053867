import ArgumentParser
import Model
import Store

extension Subscribers {
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
      let address = try EmailAddress(argument: new)
      if let reason = record.suppression, reason != .dead {
        throw ValidationError(
          "\(old): must not be written to (\(reason.rawValue)), at another address neither."
        )
      }
      guard try open.store.move(record.key, to: address, telling: nil, asOf: .now) else {
        throw ValidationError(
          "\(new): is another subscriber’s, or must not be written to; see “subscribers list”."
        )
      }
      record.subscriber.address = address
      try ChangedSubscriber(record, isChanged: true).tell(report)
    }
  }
}
