import Foundation
import Model

/// What the program says to whoever started it.
///
/// Results go to standard output, everything else to standard error, so that a result can be piped
/// on. A good run of `publish` says nothing, because cron mails whatever is said.
final class Report {
  enum Amount: Sendable {
    case quiet, normal, verbose
  }

  let amount: Amount
  /// One JSON document, instead of lines for people.
  let isJSON: Bool
  private let output: (String) -> Void
  private let errors: (String) -> Void
  /// Whether somebody looks on.
  let isTerminal: Bool
  private var progressWidth = 0

  init(
    amount: Amount,
    isJSON: Bool,
    isTerminal: Bool,
    output: @escaping (String) -> Void,
    errors: @escaping (String) -> Void
  ) {
    self.amount = amount
    self.isJSON = isJSON
    self.isTerminal = isTerminal
    self.output = output
    self.errors = errors
  }

  /// A line of the result.
  func say(_ line: String) {
    guard amount != .quiet, !isJSON else { return }
    clearProgress()
    output(visible(line) + "\n")
  }

  /// A text of several lines as it is: a table, for instance.
  func print(_ text: String) {
    clearProgress()
    output(text)
  }

  /// A line about what was done, for who looks on: not under cron, which would mail it.
  func remark(_ line: String) {
    guard isTerminal || amount == .verbose else { return }
    say(line)
  }

  /// Something of interest to who looks on: only with `--verbose`.
  func note(_ message: String) {
    guard amount == .verbose else { return }
    clearProgress()
    errors("feedgen: \(visible(message))\n")
  }

  /// Something that failed and that the program mends by itself later; not with `--quiet`.
  func warn(_ message: String) {
    guard amount != .quiet else { return }
    error(message)
  }

  /// Something wrong, or that someone must do; said even with `--quiet`.
  func error(_ message: String) {
    clearProgress()
    errors("feedgen: \(visible(message))\n")
  }

  /// Something wrong that takes several lines to say.
  func error(lines text: String) {
    let lines = text.lines
    error(lines.first ?? "")
    for line in lines.dropFirst() { continueError(visible(line)) }
  }

  /// Text that belongs to the line of an error before it, and can be seen for what it is.
  func continueError(_ line: String) {
    errors(line + "\n")
  }

  /// The result for programs: one JSON document with its keys in order.
  func document(_ value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let bytes = try encoder.encode(value)
    clearProgress()
    output(String(decoding: bytes, as: UTF8.self) + "\n")
  }
}

extension Report {
  /// How far the work is: a line that the next one replaces; only on a terminal.
  func progress(_ message: String) {
    guard isTerminal, amount != .quiet else { return }
    let text = visible(message)
    let width = text.unicodeScalars.count
    errors("\r" + text + String(repeating: " ", count: max(0, progressWidth - width)))
    progressWidth = width
  }

  func clearProgress() {
    guard progressWidth > 0 else { return }
    errors("\r" + String(repeating: " ", count: progressWidth) + "\r")
    progressWidth = 0
  }
}
