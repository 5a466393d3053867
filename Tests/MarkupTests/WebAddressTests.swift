import TestSupport
import Testing

@testable import Markup

/// Addresses as they are written, and what a feed must carry.
@Suite struct WebAddressTests {
  /// RFC 3986 §5.4, with its own base.
  @Test(arguments: [
    ("g", "http://a/b/c/g"), ("./g", "http://a/b/c/g"), ("g/", "http://a/b/c/g/"),
    ("/g", "http://a/g"), ("?y", "http://a/b/c/d;p?y"), ("g?y", "http://a/b/c/g?y"),
    ("#s", "http://a/b/c/d;p?q#s"), ("g#s", "http://a/b/c/g#s"), ("g?y#s", "http://a/b/c/g?y#s"),
    (";x", "http://a/b/c/;x"), ("g;x", "http://a/b/c/g;x"), ("", "http://a/b/c/d;p?q"),
    (".", "http://a/b/c/"), ("./", "http://a/b/c/"), ("..", "http://a/b/"),
    ("../", "http://a/b/"), ("../g", "http://a/b/g"), ("../..", "http://a/"),
    ("../../g", "http://a/g"), ("../../../g", "http://a/g"), ("/./g", "http://a/g"),
    ("/../g", "http://a/g"), ("g.", "http://a/b/c/g."), (".g", "http://a/b/c/.g"),
    ("g..", "http://a/b/c/g.."), ("./../g", "http://a/b/g"), ("./g/.", "http://a/b/c/g/"),
    ("g/./h", "http://a/b/c/g/h"), ("g/../h", "http://a/b/c/h"),
    ("g;x=1/./y", "http://a/b/c/g;x=1/y"), ("g?y/./x", "http://a/b/c/g?y/./x"),
    ("g#s/../x", "http://a/b/c/g#s/../x"), ("http:g", "http://a/b/c/g"),
  ])
  func `a relative address is resolved as the RFC has it`(reference: String, target: String) throws
  {
    let result = try link(to: reference, base: "http://a/b/c/d;p?q")
    #expect(result == target)
  }

  @Test(
    arguments: [
      ("//cdn.example/x", "https://cdn.example/x"), ("HTTPS://A.Example", "https://a.example/"),
      (" \n/x\t ", "https://v.example/x"), ("/a b", "https://v.example/a%20b"),
      ("/é", "https://v.example/%C3%A9"), ("/a%20b%zz", "https://v.example/a%20b%25zz"),
      ("/a[1]|{}^`\\b", "https://v.example/a%5B1%5D%7C%7B%7D%5E%60/b"),
      ("https:\\\\a.example\\b", "https://a.example/b"),
      ("https:///a.example", "https://a.example/"),
      ("?q=é&a=\"", "https://v.example/d/e?q=%C3%A9&amp;a=%22"),
      ("https://bücher.example/é", "https://xn--bcher-kva.example/%C3%A9"),
      ("https://a.example:443/", "https://a.example:443/"),
      ("https://a.example:/", "https://a.example/"),
      ("https://[2001:DB8::1]/x", "https://[2001:db8::1]/x"),
      ("https://u@a.example/", "https://u@a.example/"),
      ("mailto:a@b.example?subject=É", "mailto:a@b.example?subject=%C3%89"),
      ("tel:+33 1", "tel:+33%201"),
      ("/%2e%2e/x", "https://v.example/x"), ("%", "https://v.example/d/%25"),
      ("x:y", nil), ("mailto:", nil), ("https://", nil), ("https:// x/", nil),
      ("https://a b/", nil),
      ("https://é%40a.example/", nil), ("https://é:b%40a.example/", nil), ("https://é%2Fb/", nil),
      ("https://BÜCHER.example/", "https://xn--bcher-kva.example/"),
      ("https://a%2Fb/", nil), ("ftp://a.example/", nil), ("xmpp:a@b", nil), ("https://[x]/", nil),
    ] as [(String, String?)]
  )
  func `an address is absolute, in ASCII and of a scheme that is allowed`(
    reference: String,
    target: String?
  ) throws {
    let result = try link(to: reference, base: "https://v.example/d/e?z")
    #expect(result == target)
  }

  @Test(arguments: ["/x", "x", "#fn", "?q", "http:x"])
  func `without a base a relative address is left out`(reference: String) throws {
    let result = try link(to: reference, base: nil)
    #expect(result == nil)
  }

  @Test(arguments: [
    (
      "srcset=\"a.png 1x, /b.png 2x\"",
      "srcset=\"https://v.example/d/a.png 1x, https://v.example/b.png 2x\""
    ),
    ("srcset=\"a.png\"", "srcset=\"https://v.example/d/a.png\""),
    (
      "srcset=\" , a.png 480w,b.png 1.5x , \"",
      "srcset=\"https://v.example/d/a.png 480w, https://v.example/d/b.png 1.5x\""
    ),
    (
      "srcset=\"a,b.png 1x, javascript:x 2x, c.png 9q\"",
      "srcset=\"https://v.example/d/a,b.png 1x\""
    ),
    ("srcset=\"a.png, b.png\"", "srcset=\"https://v.example/d/a.png, https://v.example/d/b.png\""),
    ("src=\"data:image/png;base64,AA==\"", "src=\"data:image/png;base64,AA==\""),
    ("src=a width=10px height=5", "src=\"https://v.example/d/a\" height=\"5\""),
    ("src=p.gif data-src=real.png", "src=\"https://v.example/d/real.png\""),
    ("data-srcset=\"a.png 1x\"", "srcset=\"https://v.example/d/a.png 1x\""),
  ])
  func `an image keeps its sources`(attributes: String, kept: String) throws {
    let html = try sanitised("<img \(attributes)>", base: "https://v.example/d/e")
    #expect(html == "<img \(kept)>")
  }

  /// An address that is right already is seen at once; a space before it hides that.
  @Test func `what is right already stays as it is`() {
    let pieces = [
      "https://", "http:/", "/", "a.example", "A", ".", "..", ":80", "b@", "?c=d", "#", "%41", "é",
      "[", "\\", "~", "-_", ",;", " ", "xn--e1a", "\t",
    ]
    var generator = SeededGenerator(seed: 9)
    for _ in 0..<5_000 {
      let address =
        (Bool.random(using: &generator) ? "https://a.example/" : "")
        + (0..<Int.random(in: 0...6, using: &generator))
        .map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
      let (short, long) = (resolved(address), resolved(" " + address))
      #expect(short == long, "\(address)")
    }
  }

  private func resolved(_ address: String) -> String? {
    let base = WebAddress("https://v.example/d/e?f")
    return WebAddress.resolve(address, against: base, allowing: WebAddress.followed)
  }

  @Test func `a picture inside an address is kept while it is small`() throws {
    let small = String(repeating: "A", count: 20_000)
    let kept = try sanitised("<img src=\"data:image/gif;base64,\(small)\" alt=a>")
    #expect(kept == "<img src=\"data:image/gif;base64,\(small)\" alt=\"a\">")
    let replaced = try sanitised("<img src=\"data:image/gif;base64,\(small)\(small)\" alt=a>")
    #expect(replaced == "a")
  }

  @Test func `posters, citations and frames are resolved`() throws {
    let html = try sanitised(
      "<video src=v.mp4 poster=/p controls></video><q cite=c>q</q><iframe src=//f.example/1>x</iframe>",
      base: "https://v.example/d/e"
    )
    #expect(
      html == """
        <video src="https://v.example/d/v.mp4" poster="https://v.example/p" controls=""></video>\
        <q cite="https://v.example/d/c">q</q>\
        <a href="https://f.example/1">https://f.example/1</a>
        """
    )
  }

  private func link(to reference: String, base: String?) throws -> String? {
    let escaped = reference.map { $0 == "\"" ? "&quot;" : "\($0)" }.joined()
    let html = try sanitised("<a href=\"\(escaped)\">l</a>", base: base)
    guard html.hasPrefix("<a href=\"") else { return nil }
    return String(html.dropFirst(9).prefix { $0 != "\"" })
  }
}
