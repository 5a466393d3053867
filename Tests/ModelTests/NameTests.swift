import Model
import Testing

@Suite struct NameTests {
  @Test(arguments: ["amerique-latine", "a", "2026-bilan", String(repeating: "a", count: 80)])
  func `a slug is words of letters and digits`(text: String) {
    #expect(Slug(text)?.text == text)
  }

  @Test(arguments: [
    "", "-", "a-", "-a", "a--b", "Amérique", "a b", "..", "a/b", "é",
    String(repeating: "a", count: 81),
  ])
  func `anything else is no slug`(text: String) {
    #expect(Slug(text) == nil)
  }

  @Test func `a numbered slug keeps within the limit`() throws {
    let long = try #require(Slug(String(repeating: "a", count: 80)))
    #expect(long.numbered(12).text == String(repeating: "a", count: 77) + "-12")
    #expect(Slug("congo")?.numbered(2).text == "congo-2")
  }

  @Test(arguments: [
    "lectrice@courrier.example", "a.b+c@x.org", "o'neil@x.org", "rené@xn--exmple-cua.fr",
  ])
  func `an address is a dot-atom at a domain`(text: String) {
    #expect(EmailAddress(text)?.description == text)
  }

  @Test(arguments: [
    "", "x", "@x.org", "a@", "a b@x.org", "a@x..org", "a@-x.org", "a@x-.org", ".a@x.org",
    "a.@x.org",
    "a..b@x.org", "<a@x.org>", "a@x.org\r\nRCPT TO:<b@x.org>", "a\u{0}@x.org", "a@exämple.fr",
    "\"a b\"@x.org", "a\u{202e}b@x.org", String(repeating: "a", count: 65) + "@x.org",
  ])
  func `nothing that could end a command is an address`(text: String) {
    #expect(EmailAddress(text) == nil)
  }

  @Test func `addresses are compared without ASCII case`() throws {
    let one = try #require(EmailAddress("Camille.É@X.org"))
    let other = try #require(EmailAddress("camille.É@x.ORG"))
    #expect(one.identity == other.identity)
    #expect(one.domain == "x.org")
    #expect(one.needsSMTPUTF8)
    #expect(one.masked == "C…@x.org")
  }

  @Test(arguments: [
    ("topcs", "topics"), ("titel", "title"), ("urll", "url"), ("xyz", nil), ("a", nil),
  ])
  func `a misspelt name finds the nearest known one`(name: String, nearest: String?) {
    #expect(nearestName(to: name, among: ["topics", "title", "url"]) == nearest)
  }

  @Test(arguments: ["fr", "pt-BR", "zh-Hant-TW"])
  func `a language tag is kept as it is`(tag: String) {
    #expect(Language(tag)?.tag == tag)
  }

  @Test(arguments: ["", "f", "français", "fr_FR", "fr-", "12"])
  func `what is no language tag is none`(tag: String) {
    #expect(Language(tag) == nil)
  }

  @Test func `a problem shows the place in the line`() {
    let problem = Problem(
      path: "a.md",
      line: 3,
      column: 5,
      message: "no date",
      excerpt: "date: hier"
    )
    #expect(problem.description == "a.md:3:5: no date\n  date: hier\n      ^")
  }

  @Test(arguments: [
    (550, "5.1.1 No such user", "5.1.1"), (550, "No such user", nil), (450, "5.1.1 odd", nil),
    (250, "2.0.0", "2.0.0"), (550, "5.1 short", nil),
  ])
  func `an enhanced code is of the reply's class`(code: Int, text: String, enhanced: String?) {
    #expect(SMTPReply(code: code, text: text).enhancedCode == enhanced)
  }

  @Test func `a secret is not printed`() {
    #expect("\(Secret("mot de passe"))" == "***")
    #expect(String(reflecting: Secret("mot de passe")) == "***")
  }
}
