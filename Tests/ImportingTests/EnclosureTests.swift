import Importing
import Model
import Testing

@Suite struct EnclosureTests {
  @Test func `enclosures are addresses, or say more of themselves`() throws {
    let draft = try draft(
      """
      ---
      title: T
      enclosures:
        - https://a.example/Rapport%201.PDF?v=2#p3
        - {url: https://a.example/son, type: audio/MPEG, length: 1234, title: "Entretien "}
        - url: https://a.example/x.tar.gz
        - https://a.example/x
      ---
      x
      """
    )
    #expect(
      draft.enclosures == [
        Enclosure(url: "https://a.example/Rapport%201.PDF?v=2#p3", type: "application/pdf"),
        Enclosure(
          url: "https://a.example/son",
          type: "audio/mpeg",
          length: 1234,
          title: "Entretien"
        ),
        Enclosure(url: "https://a.example/x.tar.gz", type: "application/gzip"),
        Enclosure(url: "https://a.example/x", type: "application/octet-stream"),
      ]
    )
  }

  @Test(arguments: [
    ("a.mp3", "audio/mpeg"), ("a.m4a", "audio/mp4"), ("a.ogg", "audio/ogg"),
    ("a.epub", "application/epub+zip"),
    ("a.jpg", "image/jpeg"), ("a.b/c", "application/octet-stream"),
    ("pdf", "application/octet-stream"),
    ("a.exe", "application/octet-stream"), ("a.mp4", "video/mp4"), ("", "application/octet-stream"),
  ])
  func `an ending tells the type`(name: String, type: String) throws {
    let draft = try draft("---\nenclosures: https://a.example/\(name)\n---\nx")
    #expect(draft.enclosures.map(\.type) == [type])
  }

  @Test(arguments: [
    ("[/a.pdf]", "2:14: “/a.pdf” is no address of the web"),
    ("[ftp://a.example/a]", "2:14: “ftp://a.example/a” is no address"),
    ("{type: audio/mpeg}", "2:13: an enclosure must have a url"),
    ("{url: \"https://a.example/\", type: mp3}", "2:47: “mp3” is no media type"),
    ("{url: \"https://a.example/\", type: a/b/c}", "2:47: “a/b/c” is no media type"),
    ("{url: \"https://a.example/\", length: -1}", "2:49: “-1” is no length"),
    ("{url: \"https://a.example/\", length: 1k}", "2:49: “1k” is no length"),
    ("{url: \"https://a.example/\", size: 1}", "2:41: unknown key “size”; an enclosure has"),
    ("[[a]]", "2:14: “enclosures” takes one value"),
  ])
  func `what is no enclosure is a problem with its place`(value: String, message: String) {
    let found = problems("---\nenclosures: \(value)\n---\nx")
    #expect(found.count == 1)
    #expect(found.first?.contains(message) == true, "\(found)")
  }

  @Test func `enclosures count as a change, and their absence as none`() throws {
    let hashes = try ["", "enclosures: []", "enclosures: https://a.example/a.pdf"].map {
      try draft("---\ntitle: T\n\($0)\n---\nx").sourceHash
    }
    #expect(hashes[0] == hashes[1])
    #expect(hashes[0] != hashes[2])
  }

  @Test func `an enclosure is one of its article, and there once`() throws {
    let draft = try draft(
      "---\nenclosures: [\"https://a.example/a.pdf\", \"https://a.example/a.pdf\"]\n---\nx"
    )
    let slug = try #require(Slug("note"))
    let article = draft.article(
      id: "a:b",
      slug: slug,
      replacing: nil,
      derivation: "2",
      asOf: Instant(seconds: 1)
    )
    #expect(
      article.enclosures == [Enclosure(url: "https://a.example/a.pdf", type: "application/pdf")]
    )
    #expect(draft.repairs[.repetition] == 1)
  }
}
