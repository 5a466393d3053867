import Foundation
import Testing

/// The checkers themselves: what they must not let through.
@Suite struct FeedCheckerTests {
  /// A change of a good document, and a word of the complaint.
  struct Damage: Sendable, CustomTestStringConvertible {
    let old: String
    let new: String
    let complaint: String

    var testDescription: String { "\(old) → \(new)" }

    init(_ old: String, _ new: String, _ complaint: String) {
      self.old = old
      self.new = new
      self.complaint = complaint
    }
  }

  @Test(arguments: [
    Damage("version=\"2.0\"", "version=\"0.91\"", "not RSS 2.0"),
    Damage("    <ttl>60</ttl>\n", "", "no ttl"),
    Damage("<description>Deux régions, chaque semaine</description>", "", "no description"),
    Damage("<language>fr</language>", "<webMaster>a@b</webMaster>", "an element webMaster"),
    Damage("<copyright>", "<link/><copyright>", "out of order"),
    Damage("Sat, 21 Nov 2026 08:00:00 +0000", "Fri, 21 Nov 2026 08:00:00 +0000", "was no Fri"),
    Damage("Fri, 20 Nov 2026 08:00:00 +0000", "ven., 20 nov. 2026 08:00:00 UTC", "is no date"),
    Damage("isPermaLink=\"false\"", "isPermaLink=\"true\"", "taken for an address"),
    Damage("articles/montree", "articles/corridor", "the same guid"),
    Damage("length=\"1234567\"", "length=\"-1\"", "no length or type"),
    Damage("&#x3C;b", "&lt;b", "taken for HTML"),
    Damage("rel=\"self\"", "rel=\"up\"", "not one link to itself"),
    Damage("<link>https://veille.example/articles/corridor?a=1", "<link>/a?a=1", "no absolute"),
    Damage("logo.png</url>", "logo.svg</url>", "none for RSS"),
    Damage(
      "<description>Du Mato Grosso aux ports du Chili.</description>",
      "",
      "content without a description"
    ),
    Damage("<dc:creator>Paul Aubertin<", "<dc:creator><", "dc:creator is empty"),
  ])
  func `a damaged RSS document is complained of`(_ damage: Damage) throws {
    let faults = try rssFaults(in: try damaged(.subscription, "rss.xml", damage))
    try expect(damage, in: faults)
  }

  @Test(arguments: [
    Damage("<fh:archive/>", "<fh:complete/>", "has archives"),
    Damage("rel=\"current\"", "rel=\"related\"", "does not lead to the current one"),
  ])
  func `damaged history is complained of`(_ damage: Damage) throws {
    let faults = try rssFaults(in: try damaged(.archive, "rss.xml", damage))
    try expect(damage, in: faults)
  }

  @Test(arguments: [
    Damage("version/1.1", "version/1", "$.version"),
    Damage("\"title\": \"Veille", "\"titel\": \"Veille", "titel"),
    Damage("\"feed_url\"", "\"feed\"", "feed"),
    Damage("\"id\": \"tag", "\"_id\": \"tag", "'id' is a required"),
    Damage("\"content_text\"", "\"content\"", "$.items[1]: anyOf"),
    Damage("2026-11-20T08:00:00Z", "2026-11-20", "date_published"),
    Damage("\"type\": \"WebSub\",", "", "'type' is a required"),
    Damage("\"mime_type\": \"application/pdf\"", "\"mime_type\": \"pdf\"", "mime_type"),
    Damage("\"size_in_bytes\": 1234567", "\"size_in_bytes\": \"1234567\"", "size_in_bytes"),
    Damage("articles/montree", "articles/corridor", "the same id"),
    Damage("archive/3.feed.json", "feed.json", "leads to the feed itself"),
    Damage(
      "\"author\": {\n    \"name\": \"La",
      "\"author\": {\n    \"name\": \"Le",
      "not the first"
    ),
    Damage("\"home_page_url\"", "\"feed_url\": \"\", \"home_page_url\"", "comes twice"),
    Damage("<\\/a>", "</a>", "a script"),
    Damage("\"language\": \"fr\"", "\"language\": \"fr_FR\"", "$.language"),
  ])
  func `a damaged JSON document is complained of`(_ damage: Damage) throws {
    let faults = try jsonFeedFaults(in: try damaged(.subscription, "feed.json", damage))
    try expect(damage, in: faults)
  }

  private func damaged(
    _ document: ExampleDocument,
    _ ending: String,
    _ damage: Damage
  ) throws -> [UInt8] {
    let url = fixture("\(document.name).\(ending)")
    let text = try String(contentsOf: url, encoding: .utf8)
    let place = try #require(text.firstRange(of: damage.old))
    return Array(text.replacingCharacters(in: place, with: damage.new).utf8)
  }

  private func expect(_ damage: Damage, in faults: [String]?) throws {
    guard let faults else { return }
    #expect(faults.contains { $0.contains(damage.complaint) }, "\(faults)")
  }
}
