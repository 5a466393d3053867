import ArgumentParser
import Foundation
import Delivering
import Model
import Pipeline
import Rendering
import Store
import Transfer

/// `feedgen preview`: the next digest, as files.
struct Preview: SiteCommand {
  static let configuration = CommandConfiguration(
    commandName: "preview",
    abstract: "Writes the next digest as .html, .txt and .eml, and what is wrong with it.",
    discussion: """
      Shows what a subscriber, or anyone with the given topics (default: all), would get if the \
      next issue went out now, with the articles as their files are at this moment. Nothing is \
      sent, but for one test message with --to.

      Example: feedgen preview --topic bielorussie --output /tmp/preview
      """
  )

  @OptionGroup var options: SiteOptions

  @Option(help: "Only these topics, by slug or title; may be repeated.")
  var topic: [String] = []

  @Option(help: "What this subscriber would get, without what they have had.")
  var subscriber: String?

  @Option(help: "The digest’s name; default: the subscriber’s, or the first one configured.")
  var digest: String?

  @Option(help: "The language of the digest's own words; default: the site's.")
  var language: String?

  @Option(help: "Pretend it is then: 2026-11-23T08:05:00+01:00, or without the offset.")
  var asOf: String?

  @Option(help: "The folder that the files go to; made where it does not exist.")
  var output = "preview"

  @Option(help: "Sends it to this address too, by the configured relay.")
  var to: String?

  func validate() throws {
    guard subscriber == nil || (topic.isEmpty && language == nil) else {
      throw ValidationError(
        "--subscriber has topics and a language already; leave --topic and --language out."
      )
    }
  }

  func run(_ report: Report) throws {
    let configuration = try options.configuration()
    let asOf = try configuration.site.zone.pretended(asOf)
    let test = try to.map { try TestMessage(to: $0, configuration) }
    let signers = try configuration.signers()
    var message = try OpenSite.rehearse(configuration, asOf: asOf) { open in
      var reader = try reader(open)
      let digest = try chosenDigest(open.site, for: reader.subscriber)
      if let test { reader = reader.at(test.address) }
      return try open.publishRun(parts: [.digests], asOf: asOf, report)
        .preview(digest, for: reader, number: test?.number ?? 0, linksPage: test == nil)
    }
    message?.sign(by: signers, date: asOf)
    guard let message else {
      return report.say("The next issue has nothing for these topics.")
    }
    for path in try write(message) { report.say(path) }
    for line in message.lint.description.split(separator: "\n") { report.say(String(line)) }
    if let test { report.say(try test.send(message.bytes)) }
  }

  private func chosenDigest(_ site: Site, for reader: Subscriber) throws -> DigestSettings {
    let known = site.digests.map(\.name).joined(separator: ", ")
    guard
      let found = site.digests.first(where: { candidate in
        if let digest { return candidate.name == digest }
        return subscriber == nil || candidate.schedule.cadence == reader.cadence
      })
    else {
      throw ValidationError(
        known.isEmpty
          ? "This site has no digests; add one under “digests” in feedgen.yaml."
          : digest.map { "--digest: “\($0)” is none of: \(known)." }
            ?? "No digest is \(reader.cadence.rawValue), as the subscriber wants; known: \(known)."
      )
    }
    return found
  }

  /// The subscriber of the options, or one such as they describe.
  private func reader(_ open: OpenSite) throws -> PreviewReader {
    if let subscriber { return .stored(try stored(subscriber, open)) }
    let site = open.site
    let topics = try topic.isEmpty ? site.topics.map(\.slug) : topic.map { try site.slug(of: $0) }
    guard let language = language.map(Language.init) ?? site.language,
      let address = EmailAddress("reader@example.org")
    else { throw ValidationError("--language: “\(language ?? "")” is no language tag; write fr.") }
    return .anybody(Subscriber(address: address, language: language, topics: topics))
  }

  private func stored(_ text: String, _ open: OpenSite) throws -> SubscriberRecord {
    guard let address = EmailAddress(converting: text) else {
      throw ValidationError("--subscriber: “\(text)” is no e-mail address.")
    }
    var found: SubscriberRecord?
    try open.store.eachSubscriber { record in
      if record.subscriber.address.identity == address.identity { found = record }
    }
    guard let found else {
      throw ValidationError("--subscriber: \(address) is not subscribed.")
    }
    return found
  }

  private func write(_ message: PreviewedMessage) throws -> [String] {
    try FileManager.default.createDirectory(atPath: output, withIntermediateDirectories: true)
    let files = [
      ("html", message.html), ("txt", message.text), ("eml", message.bytes),
      ("lint.txt", Array(message.lint.description.utf8)),
    ]
    return try files.map { suffix, bytes in
      let path = "\(output)/\(message.name.digest)-\(message.name.date).\(suffix)"
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      return path
    }
  }
}

extension PreviewReader {
  /// The same reader at another address.
  fileprivate func at(_ address: EmailAddress) -> PreviewReader {
    switch self {
    case .anybody(var subscriber):
      (subscriber.address, subscriber.name) = (address, nil)
      return .anybody(subscriber)
    case .stored(var record):
      (record.subscriber.address, record.subscriber.name) = (address, nil)
      return .stored(record)
    }
  }
}

extension PreviewedMessage {
  /// Signs the message as it would be, and notes whether receivers could verify that.
  fileprivate mutating func sign(by signers: [DKIMSigner], date: Instant) {
    guard !signers.isEmpty else { return }
    bytes = signers.signed(bytes, date: date)
    let results = DKIMVerification.verify(bytes, signedBy: signers)
    lint = LintReport(of: bytes)
    lint.add(
      results.filter { $0.verdict != .pass }.map {
        LintFinding(.error, .signature, "\($0.selector)._domainkey.\($0.domain): \($0.verdict)")
      },
      fact: "signatures: \(results.count), verified: \(results.count { $0.verdict == .pass })"
    )
  }
}
