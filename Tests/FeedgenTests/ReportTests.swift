import ArgumentParser
import Model
import Publishing
import Store
import Testing

@testable import feedgen

/// What a report wrote.
private final class Written {
  var output = ""
  var errors = ""

  func report(
    _ amount: Report.Amount = .normal,
    isJSON: Bool = false,
    isTerminal: Bool = false
  ) -> Report {
    Report(
      amount: amount,
      isJSON: isJSON,
      isTerminal: isTerminal,
      output: { self.output += $0 },
      errors: { self.errors += $0 }
    )
  }
}

@Suite struct ReportTests {
  @Test func `control and bidirectional characters are shown, not obeyed`() {
    let written = Written()
    written.report().error("a\u{1B}[2Jb\nfeedgen: c\u{202E}d\u{9B}é ’")
    #expect(
      written.errors
        == "feedgen: a\\u{1B}[2Jb\\u{A}feedgen: c\\u{202E}d\\u{9B}é ’\n"
    )
  }

  @Test func `a problem is printed with its line and a mark under the column`() {
    let written = Written()
    let problem = Problem(
      path: "a.yaml",
      line: 2,
      column: 4,
      message: "wrong",
      excerpt: "\t\u{7}é: x"
    )
    let code = written.report(.quiet).failure(ConfigurationError(problems: [problem]))
    #expect(
      written.errors == "feedgen: a.yaml:2:4: wrong\n   \\u{7}é: x\n" + "         ^\n"
    )
    #expect(code == .configuration)
  }

  @Test func `progress is for terminals, and gives way to lines`() {
    let terminal = Written()
    let report = terminal.report(isTerminal: true)
    report.progress("100 of 200")
    report.progress("200")
    report.say("done")
    #expect(terminal.errors == "\r100 of 200\r200       \r   \r")
    #expect(terminal.output == "done\n")
    let cron = Written()
    cron.report().progress("100")
    #expect(cron.errors.isEmpty)
  }

  @Test func `quiet, verbose and JSON`() throws {
    let quiet = Written()
    quiet.report(.quiet).say("a")
    quiet.report(.quiet).note("b")
    quiet.report(.quiet).error("c")
    #expect(quiet.output.isEmpty)
    #expect(quiet.errors == "feedgen: c\n")
    let verbose = Written()
    verbose.report(.verbose).note("b")
    #expect(verbose.errors == "feedgen: b\n")
    let json = Written()
    json.report(isJSON: true).say("a")
    try json.report(isJSON: true).document(["b": "https://a/é", "a": "1"])
    #expect(json.output == "{\n  \"a\" : \"1\",\n  \"b\" : \"https://a/é\"\n}\n")
  }

  @Test(
    arguments: [
      (StoreError.newer(path: "a", found: 2, known: 1), ExitCode.unavailable),
      (StoreError.damaged(path: "a", detail: "b"), .badInput),
      (StoreError.unavailable(path: "a", detail: "b"), .unavailable),
      (StoreError.cannotWrite(path: "a", detail: "b"), .ioError),
      (StoreError.topicInUse(slug: "a", articles: 1, subscribers: 1), .configuration),
      (PublishingError.notOurs(path: "a"), .cannotCreate),
      (PublishingError.notPermitted(path: "a", detail: "b"), .noPermission),
      (KeysError.missing(path: "a"), .missingInput),
      (Problem(path: "a", message: "b"), .badInput),
      (CancellationError(), .software),
    ] as [(any Error & Sendable, ExitCode)]
  )
  func `an error decides what the program ends with`(error: any Error & Sendable, code: ExitCode) {
    let written = Written()
    #expect(written.report().failure(error) == code)
    #expect(written.errors.hasPrefix("feedgen: "))
  }
}
