import ArgumentParser
import Foundation
import Model
import Pipeline

/// `feedgen preview`: the next digest, as files.
struct Preview: SiteCommand {
  static let configuration = CommandConfiguration(
    commandName: "preview",
    abstract: "Writes the next digest as .html, .txt and .eml; sends nothing.",
    discussion: """
      Shows what a subscriber of the given topics (default: all) would get if the next issue went \
      out now, with the articles as their files are at this moment.

      Example: feedgen preview --topic bielorussie --to /tmp/preview
      """
  )

  @OptionGroup var options: SiteOptions

  @Option(help: "Only these topics, by slug or title; may be repeated.")
  var topic: [String] = []

  @Option(help: "The digest's name; default: the first one configured.")
  var digest: String?

  @Option(help: "The language of the digest's own words; default: the site's.")
  var language: String?

  @Option(help: "Pretend it is then: 2026-11-23T08:05:00+01:00, or without the offset.")
  var asOf: String?

  @Option(help: "The folder that the files go to; made where it does not exist.")
  var to = "preview"

  func run(_ report: Report) throws {
    let configuration = try options.configuration()
    let asOf = try configuration.site.zone.pretended(asOf)
    let digest = try chosenDigest(configuration.site)
    let reader = try reader(configuration.site)
    let message = try OpenSite.rehearse(configuration, asOf: asOf) { open in
      try open.publishRun(parts: [.digests], asOf: asOf, report).preview(digest, for: reader)
    }
    guard let message else {
      return report.say("The next issue has nothing for these topics.")
    }
    for path in try write(message) { report.say(path) }
  }

  private func chosenDigest(_ site: Site) throws -> DigestSettings {
    let known = site.digests.map(\.name).joined(separator: ", ")
    guard let found = site.digests.first(where: { digest == nil || $0.name == digest }) else {
      throw ValidationError(
        known.isEmpty
          ? "This site has no digests; add one under “digests” in feedgen.yaml."
          : "--digest: “\(digest ?? "")” is none of: \(known)."
      )
    }
    return found
  }

  /// A subscriber such as the options describe.
  private func reader(_ site: Site) throws -> Subscriber {
    let topics = try topic.isEmpty ? site.topics.map(\.slug) : topic.map { try site.slug(of: $0) }
    guard let language = language.map(Language.init) ?? site.language,
      let address = EmailAddress("reader@example.org")
    else { throw ValidationError("--language: “\(language ?? "")” is no language tag; write fr.") }
    return Subscriber(address: address, language: language, topics: topics)
  }

  private func write(_ message: PreviewedMessage) throws -> [String] {
    try FileManager.default.createDirectory(atPath: to, withIntermediateDirectories: true)
    let files = [("html", message.html), ("txt", message.text), ("eml", message.bytes)]
    return try files.map { suffix, bytes in
      let path = "\(to)/\(message.name.digest)-\(message.name.date).\(suffix)"
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      return path
    }
  }
}
