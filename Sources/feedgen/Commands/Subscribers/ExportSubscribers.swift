import ArgumentParser
import Model
import Store

extension Subscribers {
  struct Export: SiteCommand {
    static let configuration = CommandConfiguration(
      commandName: "export",
      abstract: "Writes out what is kept of one subscriber, or of all.",
      discussion: """
        As a table that “subscribers import” reads, or with --json all that the store has: choices, \
        consents, each message and what became of it, suppression and requests that wait. Of one \
        person that is one document, to be sent to whoever asks for their data; of all it is one \
        line each.

        Example: feedgen subscribers export ines@courrier.example --json
        """
    )

    @OptionGroup var options: SiteOptions
    @Argument(help: "The address; without it, all subscribers.") var address: String?

    func run(_ report: Report) throws {
      let open = try OpenSite(reading: try options.configuration())
      if let address {
        try write(open.subscriber(address), of: open, isOnly: true, report)
      } else {
        if !report.isJSON { report.print(SubscriberTable.header) }
        try open.eachSubscriber { try write($0, of: open, isOnly: false, report) }
      }
    }

    /// - Parameter isOnly: whether nobody else is written.
    private func write(
      _ record: SubscriberRecord,
      of open: OpenSite,
      isOnly: Bool,
      _ report: Report
    ) throws {
      guard report.isJSON else {
        return report.print(
          (isOnly ? SubscriberTable.header : "") + SubscriberTable.line(for: .init(record))
        )
      }
      // Who was erased since is not there any more.
      guard let data = try open.store.personalData(of: record.key) else { return }
      report.print(String(decoding: data.json(isIndented: isOnly), as: UTF8.self) + "\n")
    }
  }
}
