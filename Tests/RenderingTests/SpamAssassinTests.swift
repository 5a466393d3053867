import Foundation
import TestSupport
import Testing

/// The rules that receivers without a network of their own apply.
@Suite struct SpamAssassinTests {
  @Test(arguments: ["digest-fr.eml", "digest-en.eml", "digest-full.eml"])
  func `a message has a score of at most 1, and no more spoken against it`(name: String) throws {
    guard let report = try spamReport(ofFile: fixture(name).path) else {
      print("skipped: spamassassin is not installed")
      let isCI = ProcessInfo.processInfo.environment["FEEDGEN_CI"] != nil
      return #expect(!isCI, "in CI nothing is skipped")
    }
    print("SpamAssassin of \(name): \(report)")
    #expect(!report.rules.isEmpty)
    #expect(report.score <= 1)
    #expect(report.accusations <= 1, "\(report)")
  }

  /// A judge who lets everything through would say nothing.
  @Test func `spam is found out`() throws {
    let folder = TemporaryFolder()
    try folder.write(
      """
      From: "Win" <a@b.example>
      Subject: VIAGRA!!! MAKE MONEY FAST $$$
      Date: Thu, 1 Jan 1970 00:00:00 +0000

      Dear friend, XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X

      """,
      to: "spam.eml"
    )
    guard let report = try spamReport(ofFile: folder.file("spam.eml")) else { return }
    #expect(report.score > 5)
  }
}
