import ArgumentParser
import Model
import Store

extension Subscribers {
  struct Erase: SiteCommand {
    static let configuration = CommandConfiguration(
      commandName: "erase",
      abstract: "Erases a person and all that names them.",
      discussion: """
        There is no way back: “subscribers export ADDRESS --json” shows beforehand what there is. \
        Issues still know how many messages they had. Only a hash of the address is kept, so that \
        no table brings the person back; they may subscribe again themselves. What feedgen does \
        not hold it cannot erase: backups made before (a restored one forgets the person again), \
        messages in the outbox, and the relay’s own log still have the address.

        Example: feedgen subscribers erase ines@courrier.example
        """
    )

    @OptionGroup var options: SiteOptions
    @Argument(help: "The address.") var address: String

    func run(_ report: Report) throws {
      let open = try OpenSite(reading: try options.configuration())
      let address = try EmailAddress(argument: address)
      guard try open.store.erase(address, asOf: .now) else {
        throw ValidationError(
          "\(address): there is nothing of it; “subscribers suppress” keeps it from being added."
        )
      }
      if report.isJSON { return try report.document(["erased": address.description]) }
      report.say("\(address): erased. Backups, the outbox and the relay’s log may still have it.")
    }
  }
}
