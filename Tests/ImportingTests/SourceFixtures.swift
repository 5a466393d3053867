import Foundation
import Importing
import Markup
import Model
import TestSupport

let feedFixtures = repository.appending(path: "Tests/FeedgenTests/Feeds")
let exportFixtures = repository.appending(path: "Tests/FeedgenTests/Exports")

/// Paris in any year.
let paris = Zone(identifier: "Europe/Paris") { instant in
  TimeZone(identifier: "Europe/Paris")?
    .secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant.seconds))) ?? 0
}

func decoded<Value: Decodable>(_ file: URL) throws -> Value {
  try JSONDecoder().decode(Value.self, from: Data(contentsOf: file))
}

/// Texts of another language than the site's French are not typeset, so they can be compared.
let plainSettings = ReadingSettings(zone: paris, language: .english, topics: sampleTopics)

/// What becomes of an entry.
func draft(of entry: SourceEntry, _ settings: ReadingSettings = plainSettings) throws -> EntryDraft
{
  try ArticleReader(settings: settings).draft(
    of: entry,
    origin: Article.Origin(source: "source", key: entry.key),
    path: "source"
  )
}

/// The words of HTML on one line, with plain spaces.
func words(_ html: String) throws -> String {
  plain(try HTMLFragment(parsing: html).plainText)
}

func plain(_ text: String) -> String {
  singleLine(text.replacing("\u{a0}", with: " ").replacing("\u{202f}", with: " "))
}

/// Reads a feed that is served at an address.
func feed(
  _ text: String,
  at address: String = "https://example.org/feed",
  contentType: String? = nil
) throws -> FeedDocument {
  try FeedDocument(
    reading: Array(text.utf8),
    contentType: contentType,
    at: address,
    in: paris
  )
}

/// The only item of an RSS feed, by what is in it.
func item(_ fields: String) throws -> SourceEntry? {
  try feed("<rss><channel><item>\(fields)</item></channel></rss>").entries.first
}
