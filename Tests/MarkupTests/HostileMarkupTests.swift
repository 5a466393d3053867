import Foundation
import Markup
import TestSupport
import Testing

@Suite struct HostileMarkupTests {
  @Test(arguments: hostileMarkup)
  func `nothing runs, and the text around stays`(_ vector: String) throws {
    for wrapped in ["<p>avant</p>\(vector)", "avant \(vector)", "<ul><li>avant\(vector)</ul>"] {
      let clean = try sanitised(wrapped)
      let read = SafeHTMLGrammar(clean)
      #expect(read.faults == [])
      #expect(read.text.contains("avant"))
    }
  }

  /// Most vectors end; those few that swallow what follows do so in every browser.
  @Test(arguments: hostileMarkup.filter { !swallows($0) })
  func `the text behind stays`(_ vector: String) throws {
    let clean = try sanitised("\(vector)<p>après</p>")
    #expect(SafeHTMLGrammar(clean).text.contains("après"))
  }

  @Test(arguments: hostileMarkup + everyday)
  func `sanitising again changes nothing`(_ vector: String) throws {
    let once = try sanitised("<p>avant</p>\(vector)<p>après</p>")
    let twice = try sanitised(once)
    #expect(twice == once)
  }

  @Test(arguments: hostileMarkup)
  func `pasted into one another they stay harmless`(_ vector: String) throws {
    for other in hostileMarkup {
      let half = vector.unicodeScalars.count / 2
      let start = String(String.UnicodeScalarView(vector.unicodeScalars.prefix(half)))
      let end = String(String.UnicodeScalarView(vector.unicodeScalars.dropFirst(half)))
      let clean = try sanitised(start + other + end)
      let faults = SafeHTMLGrammar(clean).faults
      #expect(faults == [])
    }
  }

  /// html5lib parses as browsers do; a parse error, or anything that is not allowed, is a fault.
  @Test func `another parser finds nothing in it either`() throws {
    let folder = TemporaryFolder()
    let cases = try hostileMarkup.map { try sanitised("<p>avant</p>\($0)<p>après</p>") }
    try folder.write(
      String(decoding: JSONEncoder().encode(cases), as: UTF8.self),
      to: "cases.json"
    )
    let script = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../Readers/read_html.py").path
    let result = try runProgram(
      "/usr/bin/env",
      ["python3", script, folder.file("cases.json")],
      environment: ["PYTHONPATH=\(try PythonModule.html5lib.path())", "PATH=/usr/bin:/bin"]
    )
    #expect(result.status == 0, "\(result.output)")
    #expect(result.output.hasSuffix("\(hostileMarkup.count) read\n"))
  }

  @Test func `there are enough of them`() {
    #expect(Set(hostileMarkup).count >= 120)
  }

  @Test(arguments: hostileMarkup.filter { $0.hasPrefix("<img src=//t.example/p") })
  func `a picture to be fetched and not seen is gone`(_ vector: String) throws {
    #expect(try sanitised(vector) == "")
  }

  static let everyday = [
    "<table><tr><td>a<td>b<tr><th>c</table>", "<ul><li>a<li>b<ul><li>c</ul></ul>",
    "<pre>\n\n  a\n</pre>", "<pre>\n</pre>", "<p>a<p>b<div>c", "<b><p>a</b>b</p>",
    "<a href=/a>a<a href=/b>b</a>", "<a href=/a><button><a href=/b>x</button>",
    "<p><object><p>x</p></object></p>", "<table><p>foster</p><tr><td>a</table>",
    "<dl><dt>a<dd>b<dt>c</dl>", "<h1>a<h2>b</h1>c",
    "<picture><source srcset='a 1x, b 2x'><img src=a></picture>",
    "<iframe src=//video.example/1></iframe>", "a &amp; b &lt; c \"d\" 'e'",
    "<form><p><form><p>x</form>",
    "<li><button><li>x</button></li>", "<ruby>a<rp>(<rt>b<rp>)</ruby>", "<font><p>x</font>y",
    "<nobr>a<nobr>b", "<strike>x</strike>", "<b><i><b><i>x</b></i></b></i>",
    "<frameset><frame></frameset>",
  ]
}

private func swallows(_ vector: String) -> Bool {
  vector.contains("<!--<script>") || vector.hasSuffix("//") || vector.contains("<style></math>")
    || vector.hasPrefix("<math><mtext><table>") || vector.hasPrefix("<svg><title>")
    || vector.contains("<mglyph><svg>") || vector.contains("<semantics>")
    || vector.hasPrefix("<object><param") || vector.hasPrefix("<noscript><p")
    || vector.hasPrefix("<select><template>")
}
