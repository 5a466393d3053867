import Model
import Rendering
import Testing

@Suite struct FeedRendererTests {
  @Test(arguments: FeedFormat.allCases)
  func `an entry has the same bytes in every document`(format: FeedFormat) throws {
    let site = try FeedExample.site()
    let entry = try FeedExample.entry()
    let other = try FeedExample.entry { $0.id = "tag:veille.example,2026:articles/autre" }
    let once = document(site, [(entry, "<p>a</p>")], as: format)
    let last = document(site, [(other, "<p>b</p>"), (entry, "<p>a</p>")], as: format)
    let start = try #require(once.firstRange(of: entry.id)).lowerBound
    #expect(last.hasSuffix(once[start...]))
  }

  @Test func `an entry in all formats is the entry in each`() throws {
    let site = try FeedExample.site()
    var renderer = FeedRenderer(site: site)
    for (entry, content) in try ExampleDocument.richEntries {
      var together: [FeedFormat: [UInt8]] = [:]
      let content = Array(content.utf8)
      renderer.entry(entry, content: content.span, as: FeedFormat.allCases) {
        together[$0] = copy($1)
      }
      for format in FeedFormat.allCases {
        var other = FeedRenderer(site: site)
        var alone: [UInt8] = []
        other.entry(entry, content: content.span, as: [format]) { alone = copy($1) }
        #expect(together[format] == alone)
      }
    }
  }

  @Test(arguments: FeedFormat.allCases)
  func `without archives nothing is said of history`(format: FeedFormat) throws {
    let document = document(try FeedExample.site(), [], as: format)
    for word in ["fh:", "archive", "next_url"] { #expect(!document.contains(word)) }
  }

  @Test(arguments: FeedFormat.allCases)
  func `only formats that are published are linked to`(format: FeedFormat) throws {
    var site = try FeedExample.site()
    site.feeds.formats = [format]
    let document = document(site, [], as: format)
    for other in FeedFormat.allCases where other != format {
      #expect(!document.contains(other.fileName))
      #expect(!document.contains(other.mediaType))
    }
  }

  @Test(arguments: FeedFormat.allCases)
  func `archive documents have no hub`(format: FeedFormat) throws {
    let archive = String(decoding: try ExampleDocument.archive.make(format), as: UTF8.self)
    #expect(!archive.contains("hub.example"))
    let current = String(decoding: try ExampleDocument.subscription.make(format), as: UTF8.self)
    #expect(current.contains("https://hub.example/"))
  }

  @Test(arguments: [
    (" \u{200b} ", "Sans titre"), ("\u{200e}\u{ad}", "Sans titre"), ("\u{3164}", "Sans titre"),
    ("\u{2800}\u{301}", "Sans titre"), ("\u{202e}", "Sans titre"), ("…", "…"), ("👍🏽", "👍🏽"),
    ("\u{202e}Chili\u{2069}", "Chili"), ("ع", "ع"),
  ])
  func `a title that nobody would see is replaced`(title: String, shown: String) throws {
    let entry = try FeedExample.entry {
      $0.title = title
      $0.summary = "\u{2060}"
    }
    let site = try FeedExample.site()
    let content = "<p>Du texte.</p>"
    #expect(document(site, [(entry, content)], as: .atom).contains("<title>\(shown)</title>"))
    #expect(document(site, [(entry, content)], as: .rss).contains("<title>\(shown)</title>"))
    #expect(document(site, [(entry, content)], as: .json).contains("\"title\": \"\(shown)\""))
  }

  @Test(arguments: [
    ("a.jpg", "image/jpeg"), ("a.b/c.JPEG", "image/jpeg"), ("a.png?x=.gif#b.gif", "image/png"),
    ("a.gif", "image/gif"), ("a.webp", "image/webp"), ("a.avif", "image/avif"),
    ("a.svg", "image/svg+xml"), ("a.tiff", "image/tiff"), ("a.mp3", nil), ("a.png/b", nil),
    ("", nil), ("a", nil),
  ])
  func `an image's type is said where it is known`(path: String, type: String?) throws {
    let url = "https://veille.example/\(path)"
    let entry = try FeedExample.entry { $0.image = url }
    let document = document(try FeedExample.site(), [(entry, "")], as: .atom)
    let attribute = type.map { " type=\"\($0)\"" } ?? ""
    #expect(document.contains("url=\"\(url)\" medium=\"image\"\(attribute)>\n"))
  }

  private func document(
    _ site: Site,
    _ entries: [(Entry, String)],
    as format: FeedFormat
  ) -> String {
    let entries = entries.map { (entry: $0.0, content: $0.1) }
    let bytes = FeedExample.document(site: site, entries: entries, as: format)
    return String(decoding: bytes, as: UTF8.self)
  }
}

private func copy(_ bytes: Span<UInt8>) -> [UInt8] { bytes.indices.map { bytes[$0] } }
