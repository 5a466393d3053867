import Testing

@testable import Rendering

@Suite struct LintReportTests {
  @Test func `the messages of the sample have nothing wrong`() throws {
    for message in [try SampleIssue.message(), try SampleIssue.fullMessage()] {
      let report = LintReport(of: message)
      #expect(report.findings.isEmpty, "\(report)")
      #expect(report.facts.count == 3)
      #expect(report.description.contains("errors: 0, warnings: 0\n"))
    }
  }

  @Test(arguments: [
    ("<html lang=3D\"fr\"", "<html", "error: structure: the HTML does not say its language"),
    ("<h1 class", "<h4 class", "error: headings: there must be one h1, before all other headings"),
    ("<h2 class=3D\"mut\"", "<h5 class=3D\"mut\"", "error: headings: an h5 follows an h1"),
    (" alt=3D\"\"", "", "error: alt: a picture has no alt text"),
    ("role=3D\"presentation\"", "", "error: structure: a table is not marked"),
    ("href=3D\"#bielorussie\"", "href=3D\"#rien\"", "error: links: there is nothing at #rien"),
    (
      "src=3D\"https://veille.example/i", "src=3D\"http://veille.example/i",
      "not fetched over https"
    ),
    ("</head>", "<script></script></head>", "error: structure: mail programs refuse <script>"),
    ("multipart/alternative", "multipart/mixed", "error: structure: it must be multipart"),
    (
      "List-Unsubscribe: <https", "List-Unsubscribe: <http", "error: headers: List-Unsubscribe-Post"
    ),
    ("List-Unsubscribe:", "X-Other:", "error: headers: List-Unsubscribe is missing"),
    ("Date: ", "Dato: ", "error: headers: Date is missing"),
    ("List-Post: NO", "Date: NO", "error: headers: Date is there twice"),
    (">Lire dans le navigateur<", ">ici<", "warning: links: a link says only “ici”"),
    (
      "https://veille.example/confidentialite\r\n", "https://veille.example/c\r\n",
      "warning: links: the text part does not have https://veille.example/confidentialite"
    ),
    (
      "https://veille.example/confidentialite", "https://veille.example/?utm_source=3Dx",
      "warning: links: https://veille.example/?utm_source=x says who follows it"
    ),
    ("@media (prefers-color-scheme:dark)", "@media print", "warning: contrast: nothing is said"),
    ("data-ogsc", "data-other", ":1 in dark in Outlook: “"),
  ])
  func `what is wrong is found`(old: String, new: String, finding: String) throws {
    let message = unfolded(String(decoding: try SampleIssue.fullMessage(), as: UTF8.self))
    #expect(message.contains(old))
    let report = LintReport(of: Array(message.replacing(old, with: new).utf8))
    let found = report.findings.map(\.description)
    #expect(found.contains { $0.contains(finding) }, "\(report)")
  }

  @Test func `a pale text is found in each theme`() throws {
    let message = unfolded(String(decoding: try SampleIssue.fullMessage(), as: UTF8.self))
    let light = message.replacing("color:#5e5a52", with: "color:#c0c0c0")
    #expect(
      LintReport(of: Array(light.utf8)).findings.map(\.description).contains {
        $0.hasPrefix("error: contrast: #c0c0c0 on #fbfaf7 is 1.7") && $0.contains("in light: “Lire")
      }
    )
    let dark = message.replacing(".ink{color:#ece9e2!important}", with: "")
    let findings = LintReport(of: Array(dark.utf8)).findings.map(\.description)
    #expect(findings.contains { $0.contains("#1d1c1a on #161614") && $0.contains("in dark:") })
  }

  @Test func `a message without parts is said, and nothing breaks`() {
    for text in ["", "\r\n", "Subject: x", "Content-Type: multipart/alternative; boundary=\"x\""] {
      #expect(LintReport(of: Array(text.utf8)).hasErrors)
    }
  }

  @Test func `lines that are too long, or not whole, are found`() {
    let long = String(repeating: "x", count: 999)
    for (text, finding) in [
      ("A: \(long)\r\n\r\n", "error: lines: line 1 has 1002 bytes; 998 may be"),
      ("A: b\n\r\n", "error: lines: a line does not end in CRLF"),
      ("A: \(String(repeating: "a b ", count: 25))\r\n\r\n", "warning: lines: line 1 has 103"),
      ("A: b\r\n\r\né\r\n", "error: lines: line 3 is not ASCII"),
    ] {
      let found = LintReport(of: Array(text.utf8)).findings.map(\.description)
      #expect(found.contains { $0.hasPrefix(finding) }, "\(found)")
    }
  }

  @Test func `what others find is added`() throws {
    var report = LintReport(of: try SampleIssue.message())
    report.add([LintFinding(.error, .signature, "it does not verify")], fact: "signed: x")
    #expect(report.hasErrors)
    #expect(report.description.hasSuffix("error: signature: it does not verify\n"))
  }

  @Test(arguments: [
    ("#000000", "#ffffff", 21.0), ("#5e5a52", "#fbfaf7", 6.57), ("#84c6ca", "#161614", 9.41),
    ("#777777", "#777777", 1),
  ])
  func `contrast is WCAG's`(front: String, back: String, ratio: Double) throws {
    let contrast = try #require(Colour(front)).contrast(with: try #require(Colour(back)))
    #expect(abs(contrast - ratio) < 0.005)
  }

  /// The message with no soft line breaks, so that texts can be found in it.
  private func unfolded(_ text: String) -> String { text.replacing("=\r\n", with: "") }
}
