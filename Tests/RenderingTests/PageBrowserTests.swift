import Foundation
import TestSupport
import Testing

@testable import Rendering

/// The pages as a browser shows them: `Tests/Browser/check_pages.py` says what is looked at.
///
/// `FEEDGEN_SHOTS=FOLDER` keeps pictures of them.
@Suite struct PageBrowserTests {
  @Test func `every page is accessible, narrow enough and asks for its stylesheet only`() throws {
    let folder = TemporaryFolder()
    try SamplePages.write(to: folder)
    let shots = ProcessInfo.processInfo.environment["FEEDGEN_SHOTS"]
    let (status, output) = try checkPages(in: folder.path, shots: shots)
    if output.contains("skipped") { print(output) }
    if ProcessInfo.processInfo.environment["FEEDGEN_CI"] != nil {
      #expect(!output.contains("skipped"), "in CI nothing is skipped")
    }
    #expect(status == 0, "\(output.prefix(4000))")
  }

  /// A check that finds nothing in a page like this one finds nothing anywhere.
  @Test func `a bad page is found out`() throws {
    let folder = TemporaryFolder()
    try folder.write(badPage, to: "index.html")
    try folder.write("", to: "site.css")
    let (status, output) = try checkPages(in: folder.path)
    guard !output.contains("skipped") else { return print(output) }
    #expect(status == 1)
    for finding in [
      "html5lib:", "a level of headings is left out", "img has onerror=", "div has style=",
      "there is nothing at #lost", "the link gone.html leads to no file", "leaves the folder",
      "320 px light: wider than the window", "390 px dark: axe: image-alt", "asks for",
      "Content Security Policy", "light and dark have the same background",
      "the first Tab does not show",
    ] {
      #expect(output.contains(finding), "\(finding)")
    }
  }

  @Test func `a browser that does not start tells why`() throws {
    let folder = TemporaryFolder()
    try folder.write("", to: "index.html")
    let browser = try folder.script("echo no room left >&2; exit 7")
    let (status, output) = try checkPages(in: folder.path, browser: browser)
    #expect(status == 2)
    #expect(output.contains("does not start"))
    #expect(output.contains("with status 7; its standard error: no room left"), "\(output)")
  }

  /// What went wrong with a start says nothing about a page.
  @Test func `a browser that fails at first is started once more`() throws {
    guard let chromium else { return print("skipped: there is no chromium") }
    let folder = TemporaryFolder()
    try folder.write(badPage, to: "pages/index.html")
    let browser = try folder.script(
      "mkdir \(folder.file("tried")) && exit 1\nexec \(chromium) \"$@\""
    )
    let (status, output) = try checkPages(in: folder.file("pages"), browser: browser)
    #expect(status == 1, "\(output)")
    #expect(output.contains("a level of headings is left out"), "\(output)")
  }

  private var chromium: String? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return folders.map { "\($0)/chromium" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  private let badPage = """
    <!DOCTYPE html>
    <html lang="fr"><head><meta charset="utf-8"><title>Page</title>
    <meta name="viewport" content="width=device-width">
    <link rel="stylesheet" href="other.css"></head>
    <body><main><h1>Un</h1><h3>Trois</h3><p><img src="x.png" onerror="alert(1)"></b>
    <a href="#lost">a</a> <a href="gone.html">b</a> <a href="../../etc/">c</a>
    <div style="width:100px">d</div><table><tr><td>\(String(repeating: "x", count: 2000))</table>
    <script>1</script></main></body></html>
    """
}

extension TemporaryFolder {
  /// A program that a shell runs.
  fileprivate func script(_ text: String) throws -> String {
    try write("#!/bin/sh\n\(text)\n", to: "browser", mode: 0o755)
    return file("browser")
  }
}
