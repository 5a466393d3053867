import ArgumentParser
import Model
import Pipeline
import Store

extension Subscribers {
  struct Show: SiteCommand {
    static let configuration = CommandConfiguration(
      commandName: "show",
      abstract: "Shows what a subscriber chose, agreed to and got.",
      discussion: """
        Times are those of the site's zone. The latest 20 messages are shown; with --verbose, all.

        Example: feedgen subscribers show ines@courrier.example
        """
    )

    @OptionGroup var options: SiteOptions
    @Argument(help: "The address.") var address: String

    func run(_ report: Report) throws {
      let open = try OpenSite(reading: try options.configuration())
      let record = try open.subscriber(address)
      guard let data = try open.store.personalData(of: record.key) else {
        throw ValidationError("\(address): has just been erased.")
      }
      let next = try data.nextIssue(asOf: .now, open)
      if report.isJSON {
        let next = JSONText.optional(next?.rfc3339)
        let document = JSONText.object([("nextIssue", next), ("subscriber", data.document)])
        return report.print(
          String(decoding: document.bytes(isIndented: true), as: UTF8.self) + "\n"
        )
      }
      let page = SubscriberPage(
        data: data,
        next: next,
        zone: open.site.zone,
        latest: report.amount == .verbose ? .max : 20
      )
      for line in page.lines { report.say(line) }
    }
  }
}

extension PersonalData {
  /// When the next issue is due that goes to them; nil where none does.
  fileprivate func nextIssue(asOf: Instant, _ open: OpenSite) throws -> Instant? {
    let cadence = subscriber.cadence
    guard suppression == nil, !topics.isEmpty,
      let digest = open.site.digests.first(where: { $0.schedule.cadence == cadence })
    else { return nil }
    return try digest.nextSlot(
      asOf: asOf,
      notBefore: pausedUntil,
      in: open.site.zone,
      open.store
    )
  }
}
