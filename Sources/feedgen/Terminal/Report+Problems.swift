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
  func error(_ problem: Problem) {
    var head = problem
    head.excerpt = nil
    error(head.description)
    guard let excerpt = problem.excerpt else { return }
    continueError("  \(visible(excerpt))")
    guard let column = problem.column else { return }
    let before = visible(String(excerpt.unicodeScalars.prefix(max(0, column - 1))))
    continueError("  \(String(repeating: " ", count: before.unicodeScalars.count))^")
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
