import ArgumentParser
import Model
import Store

extension Subscribers {
  struct Suppress: SiteCommand {
    static let configuration = CommandConfiguration(
      commandName: "suppress",
      abstract: "Sends nothing to an address any more, whoever adds it.",
      discussion: """
        Only a hash of the address is kept, which also outlives an erased subscriber. Reasons: \
        by-hand, left, complaint, dead, never. After complaint and \
        never there is no way back without --force.

        Example: feedgen subscribers suppress lectrice@courrier.example --reason left
        """
    )

    @OptionGroup var options: SiteOptions
    @Argument(help: "The address.") var address: String
    @Option(help: "by-hand, left, complaint, dead or never.") var reason = "by-hand"
    @Option(help: "What shows it, for the record.") var note: String?

    func run(_ report: Report) throws {
      let known = SuppressionReason.allCases.filter { $0 != .erased }
      guard let reason = known.first(where: { $0.rawValue == reason }) else {
        let names = known.map(\.rawValue).joined(separator: ", ")
        throw ValidationError("--reason: “\(reason)” is none of \(names).")
      }
      let address = try EmailAddress(argument: address)
      let open = try OpenSite(try options.configuration(), asOf: .now)
      let wanted = Suppression(reason: reason, evidence: note, since: .now)
      let stored = try open.store.suppress(address, wanted)
      try SuppressedAddress(address, stored).tell(report)
    }
  }

  struct Unsuppress: SiteCommand {
    static let configuration = CommandConfiguration(
      commandName: "unsuppress",
      abstract: "Lets an address be written to again.",
      discussion: """
        Only where its owner asks for it, or a server was wrong to say that nobody is there. After \
        a complaint, “never” or an erasure it needs --force and a --reason, which is printed for \
        your records; a subscriber of that address then gets mail again.

        Example: feedgen subscribers unsuppress lectrice@courrier.example
        """
    )

    @OptionGroup var options: SiteOptions
    @Argument(help: "The address.") var address: String
    @Flag(help: "Also against what the person said.") var force = false
    @Option(help: "Why, with --force.") var reason: String?

    func run(_ report: Report) throws {
      let address = try EmailAddress(argument: address)
      let open = try OpenSite(reading: try options.configuration())
      guard let suppression = try open.store.suppression(of: address) else {
        throw ValidationError("\(address): is not suppressed.")
      }
      if suppression.reason.isFinal, !force || (reason ?? "").isEmpty {
        throw ValidationError(
          "\(address): is suppressed for good (\(suppression.reason.rawValue)); only with --force "
            + "and --reason 'how the person asked for mail again'."
        )
      }
      _ = try open.store.liftSuppression(of: address)
      try SuppressedAddress(address, nil, because: reason).tell(report)
    }
  }
}

/// How an address stands, as people and programs are told.
private struct SuppressedAddress: Encodable {
  let email: String
  let reason: String?
  let since: String?
  let evidence: String?

  /// - Parameters:
  ///   - suppression: nil where there is none any more.
  ///   - reason: why it was lifted.
  init(_ address: EmailAddress, _ suppression: Suppression?, because reason: String? = nil) {
    email = address.description
    self.reason = suppression?.reason.rawValue
    since = suppression?.since.rfc3339
    evidence = suppression?.evidence ?? reason
  }

  func tell(_ report: Report) throws {
    if report.isJSON { return try report.document(self) }
    let words = evidence.map { " (\($0))" } ?? ""
    guard let reason, let since else {
      return report.say("\(email): may be written to again\(words).")
    }
    report.say("\(email): gets nothing any more; \(reason) since \(since)\(words).")
  }
}
