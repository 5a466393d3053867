import ArgumentParser
import Model
import Store

extension Subscribers {
  struct Import: SiteCommand {
    static let configuration = CommandConfiguration(
      commandName: "import",
      abstract: "Brings subscribers in from a table (CSV).",
      discussion: """
        The first line names the columns: email,name,topics,language,cadence,status,consent_at,\
        consent_source. All but email may be left out; topics are separated by semicolons. With \
        --map it is the table that another system exports; who has not confirmed there is left \
        out. Nobody gets a message because of it; --verbose says what became of each line.

        Example: feedgen subscribers import subscribers.csv
        """
    )

    @OptionGroup var options: SiteOptions
    @Argument(help: "The table.", completion: .file(extensions: ["csv"])) var file: String
    @Option(help: "How those rows asked to be written to that do not say so themselves.")
    var consent: String?
    @Option(help: "The system that has exported the table: mailchimp, mailpoet, listmonk or ghost.")
    var map: ForeignSystem?

    func validate() throws {
      guard let map, map.needsConsent, (consent ?? "").isEmpty else { return }
      throw ValidationError(
        "--map \(map.rawValue): its table does not tell who has confirmed. Export only those who "
          + "have, and say so with --consent 'confirmed in \(map.rawValue)'."
      )
    }

    func run(_ report: Report) throws {
      let configuration = try options.configuration()
      let open = try OpenSite(configuration, asOf: .now)
      let format = map.map { SubscriberTable.Format.foreign($0, consent: consent) } ?? .own
      let table = SubscriberTable(
        path: file,
        site: configuration.site,
        now: .now,
        format: format
      )
      var importing = try SubscriberImport(table, into: open, consent: consent, report)
      try table.read { result in
        try importing.add(result)
        report.progress("subscribers: \(importing.lines)")
      }
      try importing.finish()
      try importing.summary.tell(report)
      if !importing.summary.problems.isEmpty { throw ExitCode.badInput }
    }
  }
}

extension ForeignSystem: ExpressibleByArgument {}
