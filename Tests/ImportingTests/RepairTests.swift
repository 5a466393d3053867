import Importing
import Model
import Testing

/// What is mended is counted by kind.
@Suite struct RepairTests {
  static let noncharacters = String(
    String.UnicodeScalarView([0xfdd0, 0xffff, 0x1fffe].compactMap { Unicode.Scalar($0 as UInt32) })
  )

  @Test(arguments: [
    ("---\ntitle: T\n---\na\u{1}b\u{0}c\u{7f}", Repair.control, 3),
    ("l\u{92}eau", .windows1252, 1),
    ("a\(noncharacters)", .noncharacter, 3),
    ("a&#0;b&#xD800;c&#x1F;d", .reference, 3),
    ("a&#99999999999;b&#1114112;", .reference, 2),
    ("---\ntitle: \"\u{202e}T\u{200b}\"\n---\nx", .invisible, 2),
    ("---\nauthor: \"A\u{2066}nna\"\n---\nx", .invisible, 1),
    ("---\nauthor: <b>Anna</b>\n---\nx", .tags, 1),
    ("---\nauthor: [A, B, A]\n---\nx", .repetition, 1),
    ("---\ntopics: [bielorussie, Biélorussie, BIÉLORUSSIE]\n---\nx", .repetition, 2),
    ("---\ndate: 2026-11-20\nupdated: 2026-11-19\n---\nx", .date, 1),
    ("<img src=\"data:image/svg+xml;base64,PHN2Zz4=\" alt=carte>x", .embeddedImage, 1),
    (
      "<img src=\"data:image/png;base64,\(String(repeating: "A", count: 30_000))\">x",
      .embeddedImage, 1
    ),
    ("\(String(repeating: "<div>", count: 600))x", .structure, 1),
    (String(repeating: "mot ", count: 150_000), .length, 1),
  ])
  func `a repair is counted`(text: String, repair: Repair, count: Int) throws {
    let draft = try draft(text, named: repair == .reference ? "a.html" : "a.md")
    #expect(draft.repairs.counts == [repair: count])
    #expect(draft.repairs.descriptions.count == 1)
    #expect(draft.repairs.descriptions.first?.hasPrefix("\(count) ") == true)
  }

  @Test func `bytes that are not UTF-8 are counted, and a page's strange date`() throws {
    let latin = try draft(bytes: Array("caf".utf8) + [0xe9] + Array(" noir".utf8), named: "a.md")
    #expect(latin.repairs.counts == [.encoding: 1])
    let page = try draft("<meta name=date content='5 novembre'><p>x", named: "a.html")
    #expect(page.repairs.counts == [.pageDate: 1])
  }

  @Test(arguments: [
    "caf\u{e9} «\u{a0}oui\u{a0}»", "a\r\nb", "\u{feff}a", "<script>x</script>y",
    "<img data-src=\"https://a.example/\" src=data:x>a",
    "&eacute;&#128;&#x92;", "<p style=x onclick=y>a", "👩\u{200d}👧",
    "---\ntopics: ['', ' ']\n---\nx",
  ])
  func `what is no damage is not counted`(text: String) throws {
    #expect(try draft(text).repairs.isEmpty)
  }

  @Test func `every kind says what was done, for one and for many`() {
    for repair in Repair.allCases {
      var one = Repairs()
      one.note(repair)
      var many = Repairs()
      many.note(repair, 3)
      #expect(one.descriptions.first?.hasPrefix("1 ") == true)
      #expect(many.descriptions.first?.hasPrefix("3 ") == true)
      #expect(many.total == 3)
    }
  }
}
