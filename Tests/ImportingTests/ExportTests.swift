import Foundation
import Importing
import Model
import TestSupport
import Testing

/// Exports that are written for one question each.
struct ExportTests {
  private let folder = TemporaryFolder()

  private func read(
    _ items: String,
    head: String = "",
    _ selection: WordPressExport.Selection = .init()
  ) throws -> ReadExport {
    try folder.write(export(items, head: head), to: "export.xml")
    return try ReadExport(paths: [folder.file("export.xml")], selection)
  }

  @Test func `a post without number, guid and link is faulty, and the others come in`() throws {
    let found = try read("<item>\(post(1))</item>\n<item><title>Rien</title></item>")
    #expect(found.entries.map(\.key) == ["1"])
    #expect(found.problems.map(\.line) == [5])
  }

  @Test func `a post is named by its number, its guid, or its link`() throws {
    let found = try read(
      """
      <item>\(post(7))<guid>https://e.org/?p=7</guid></item>
      <item><title>B</title><guid> HTTP://E.org/?p=8&amp;x=É </guid><link>https://e.org/b</link></item>
      <item><title>C</title><link>https://e.org/c</link></item>
      """
    )
    #expect(found.entries.map(\.key) == ["7", "HTTP://E.org/?p=8&x=É", "https://e.org/c"])
    #expect(found.entries.map(\.id) == ["https://e.org/?p=7", "HTTP://E.org/?p=8&x=É", nil])
  }

  @Test func `only what was published is taken, whatever is asked for`() throws {
    let statuses = [
      "publish", "future", "draft", "private", "pending", "trash", "auto-draft", "inherit",
    ]
    let items = statuses.enumerated().map { index, status in
      "<item>\(post(index))<wp:status>\(status)</wp:status></item>"
    }
    var all = WordPressExport.Selection()
    all.statuses = Set(statuses)
    #expect(try read(items.joined()).entries.map(\.key) == ["0"])
    #expect(try read(items.joined(), all).entries.map(\.key) == ["0", "1"])
  }

  @Test func `other types come in where they are asked for, but never behind a password`() throws {
    let items = """
      <item>\(post(1))<wp:post_type>page</wp:post_type></item>
      <item>\(post(2))<wp:post_type>page</wp:post_type><wp:post_password>x</wp:post_password></item>
      """
    var pages = WordPressExport.Selection()
    pages.types = ["page"]
    #expect(try read(items).skipped == ["page": 2])
    #expect(try read(items, pages).entries.map(\.key) == ["1"])
    #expect(try read(items, pages).skipped == ["password": 1])
  }

  @Test func `authors are called as they are shown, and never by an address`() throws {
    let head = """
      <wp:author><wp:author_login>a@e.org</wp:author_login>\
      <wp:author_display_name>Anna &amp;amp; fils</wp:author_display_name></wp:author>
      <wp:author><wp:author_login>b</wp:author_login>\
      <wp:author_display_name>b@e.org</wp:author_display_name></wp:author>
      """
    let names = ["a@e.org", "b", "c", "d@e.org", ""]
    let items = names.enumerated().map { "<item>\(post($0))<dc:creator>\($1)</dc:creator></item>" }
    let authors = try read(items.joined(), head: head).entries.map { $0.authors.map(\.name) }
    #expect(authors == [["Anna & fils"], [], ["c"], [], []])
  }

  @Test func `dates in GMT win, and zeros are none`() throws {
    let items = """
      <item>\(post(1))<wp:post_date>2026-07-01 12:00:00</wp:post_date>\
      <wp:post_date_gmt>2026-07-01 09:00:00</wp:post_date_gmt></item>
      <item>\(post(2))<wp:post_date>2026-07-01 12:00:00</wp:post_date>\
      <wp:post_date_gmt>0000-00-00 00:00:00</wp:post_date_gmt></item>
      <item>\(post(3))<wp:post_date>0000-00-00 00:00:00</wp:post_date>\
      <pubDate>Wed, 01 Jul 2026 08:00:00 +0000</pubDate></item>
      <item>\(post(4))<pubDate>Wed, 30 Nov -0001 00:00:00 +0000</pubDate></item>
      """
    let dates = try read(items).entries.map { $0.published?.rfc3339 }
    #expect(dates == ["2026-07-01T09:00:00Z", "2026-07-01T10:00:00Z", "2026-07-01T08:00:00Z", nil])
  }

  @Test func `enclosures are those that WordPress noted`() throws {
    let values = [
      "https://e.org/a.mp3\n123\naudio/mpeg\n", "https://e.org/b.ogg",
      "https://e.org/c\r\n0\r\nnix",
      "nul", "",
    ]
    let metas = values.map { meta("enclosure", $0) }.joined()
    let found = try read("<item>\(post(1))\(metas)</item>").entries[0].enclosures
    #expect(
      found == [
        Enclosure(url: "https://e.org/a.mp3", type: "audio/mpeg", length: 123),
        Enclosure(url: "https://e.org/b.ogg", type: "audio/ogg"),
        Enclosure(url: "https://e.org/c", type: "application/octet-stream"),
      ]
    )
  }

  @Test func `categories know what they are part of, also in a circle`() throws {
    func category(_ slug: String, in parent: String) -> String {
      "<wp:category><wp:category_nicename>\(slug)</wp:category_nicename>"
        + "<wp:category_parent>\(parent)</wp:category_parent>"
        + "<wp:cat_name>\(slug.uppercased())</wp:cat_name></wp:category>"
    }
    let head =
      category("a", in: "b") + category("b", in: "a") + category("c", in: "d")
      + category("d", in: "") + category("e", in: "gone")
    let names = ["A", "C", "E", "X"].map { "<category domain=\"category\">\($0)</category>" }
    let tag = "<category domain=\"post_tag\">étiquette</category><category>D</category>"
    let found = try read("<item>\(post(1))\(names.joined())\(tag)</item>", head: head).entries[0]
    #expect(found.categories.map(\.name) == ["A", "C", "E", "X", "D"])
    #expect(found.categories.map(\.ancestors) == [["B"], ["D"], [], [], []])
  }

  @Test func `footnotes stand where WordPress shows them`() throws {
    let content =
      "<content:encoded><![CDATA[<!-- wp:x --><p>a</p><!-- wp:footnotes /--><p>b</p>]]></content:encoded>"
    let notes = meta("footnotes", #"[{"id":"1","content":"Une <em>note</em>."}]"#)
    let entry = try read("<item>\(post(1))\(content)\(notes)</item>").entries[0]
    #expect(
      entry.content == .html("<!-- wp:x --><p>a</p><ol><li>Une <em>note</em>.</li></ol><p>b</p>")
    )
    let broken = try read("<item>\(post(1))\(content)\(meta("footnotes", "nix"))</item>").entries[0]
    #expect(broken.content == .html("<!-- wp:x --><p>a</p><p>b</p>"))
  }
}

/// An export with such items, the first on line 4.
func export(_ items: String, head: String = "") -> String {
  """
  <?xml version="1.0" encoding="UTF-8"?>
  <rss xmlns:wp="http://wordpress.org/export/1.2/" xmlns:content="http://purl.org/rss/1.0/modules/content/" \
  xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
  <wp:base_blog_url>https://e.org</wp:base_blog_url>\(head)
  \(items)
  </channel></rss>
  """
}

func post(_ number: Int) -> String {
  "<title>Billet \(number)</title><wp:post_id>\(number)</wp:post_id>"
}

private func meta(_ key: String, _ value: String) -> String {
  "<wp:postmeta><wp:meta_key>\(key)</wp:meta_key>"
    + "<wp:meta_value><![CDATA[\(value)]]></wp:meta_value></wp:postmeta>"
}
