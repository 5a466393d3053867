import ArgumentParser
import Model
import Publishing
import Store

extension Report {
  /// Says what stopped the program, and what it should end with.
  func failure(_ error: any Error) -> ExitCode {
    switch error {
    case let error as ConfigurationError:
      for problem in error.problems { self.error(problem) }
    case let problem as Problem:
      self.error(problem)
    default:
      self.error("\(error)")
    }
    return exitCode(for: error)
  }

  /// Something wrong in what a person wrote, with the line and a mark under the column.
  func error(_ problem: Problem) { error(lines: problem.shown) }
}

extension Problem {
  /// The message, and below it the line as it is shown, with a mark under the column.
  var shown: String {
    var head = self
    head.excerpt = nil
    guard let excerpt else { return visible(head.description) }
    var lines = [visible(head.description), "  \(visible(excerpt))"]
    if let column {
      let before = visible(String(excerpt.unicodeScalars.prefix(max(0, column - 1))))
      lines.append("  \(String(repeating: " ", count: before.unicodeScalars.count))^")
    }
    return lines.joined(separator: "\n")
  }
}

/// What the program ends with after an error; 70, our fault, for one that nobody foresaw.
func exitCode(for error: any Error) -> ExitCode {
  switch error {
  case let error as any ExitCoded: error.exitCode
  case let error as StoreError: exitCode(for: error)
  case let error as PublishingError: exitCode(for: error)
  case is Problem: .badInput
  default: .software
  }
}

private func exitCode(for error: StoreError) -> ExitCode {
  switch error {
  case .damaged: .badInput
  case .newer, .unavailable: .unavailable
  case .cannotWrite: .ioError
  case .otherSite, .otherKeys, .topicInUse, .blockSizeChanged: .configuration
  }
}

private func exitCode(for error: PublishingError) -> ExitCode {
  switch error {
  case .notOurs, .inTheWay: .cannotCreate
  case .damagedManifest: .badInput
  case .cannotWrite: .ioError
  case .notPermitted: .noPermission
  }
}

extension ConfigurationError: ExitCoded {
  var exitCode: ExitCode { .configuration }
}
