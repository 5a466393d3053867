import Foundation
import TestSupport
import Testing

@testable import Rendering

/// Digests as mail programs show them: `Tests/Browser/check_digest.py` says what is looked at.
///
/// `FEEDGEN_SHOTS=FOLDER` keeps pictures of them.
@Suite struct DigestBrowserTests {
  @Test func `a digest is accessible in every form, narrow enough and asks for nothing`() throws {
    let shots = ProcessInfo.processInfo.environment["FEEDGEN_SHOTS"]
    let files = ["digest-full.eml", "digest-en.eml"].map { fixture($0).path }
    let (status, output) = try checkDigests(files, shots: shots)
    if output.contains("skipped") { print(output) }
    if ProcessInfo.processInfo.environment["FEEDGEN_CI"] != nil {
      #expect(!output.contains("skipped"), "in CI nothing is skipped")
    }
    #expect(status == 0, "\(output.prefix(4000))")
  }

  /// A check that finds nothing in a message like this one finds nothing anywhere.
  @Test func `a bad digest is found out`() throws {
    let folder = TemporaryFolder()
    try folder.write(badMessage, to: "bad.eml")
    let (status, output) = try checkDigests([folder.file("bad.eml")])
    guard !output.contains("skipped") else { return print(output) }
    #expect(status == 1)
    for finding in [
      "whole, 320 px light: wider than the window", "whole, 390 px dark: axe: color-contrast",
      "noimages, 1280 px light: axe: image-alt", "axe: link-name", "axe: heading-order",
      "nostyle, 390 px light: axe: html-has-lang", "asks for http",
      "light and dark have the same background",
    ] {
      #expect(output.contains(finding), "\(finding): \(output)")
    }
  }

  private let badMessage = """
    MIME-Version: 1.0
    Content-Type: text/html; charset=utf-8

    <!DOCTYPE html><html><head><title>x</title><style>@import "/other.css";</style></head>
    <body style="background-color:#ffffff"><h1>Un</h1><h3>Trois</h3>
    <p style="color:#eeeeee">pale</p><a href="https://a.example/"></a>
    <img src="https://a.example/x.png"><div style="width:2000px;background-color:#888888">wide</div>
    </body></html>

    """
}
