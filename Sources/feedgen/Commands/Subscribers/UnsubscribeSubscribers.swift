import ArgumentParser
import Model
import Store

extension Subscribers {
  struct Unsubscribe: SiteCommand {
    static let configuration = CommandConfiguration(
      commandName: "unsubscribe",
      abstract: "Takes people off all digests, as if they had left by themselves.",
      discussion: """
        For who asks for it by letter or telephone. They get nothing more, also of an issue that is \
        being sent; a later table does not bring them back, and they may subscribe again. Who is \
        named is looked up first: if one is no subscriber, nothing is done.

        Example: feedgen subscribers unsubscribe ines@courrier.example
        """
    )

    @OptionGroup var options: SiteOptions
    @Argument(help: "The addresses.") var addresses: [String]

    func run(_ report: Report) throws {
      let open = try OpenSite(reading: try options.configuration())
      let records = try addresses.map(open.subscriber)
      try open.store.leave(records.map(\.key), asOf: .now)
      let left = try records.map { record in
        let address = record.subscriber.address
        return LeftSubscriber(
          email: address.description,
          isChanged: record.suppression == nil,
          reason: try open.store.suppression(of: address)?.reason.rawValue
        )
      }
      if report.isJSON { return try report.document(left) }
      for subscriber in left { report.say(subscriber.line) }
    }
  }
}

/// Who gets nothing any more, as people and programs are told.
private struct LeftSubscriber: Encodable {
  let email: String
  let isChanged: Bool
  let reason: String?

  var line: String {
    isChanged
      ? "\(email): gets nothing any more."
      : "\(email): unchanged; got nothing before either (\(reason ?? "left"))."
  }
}
