import ArgumentParser

/// Why a table of subscribers cannot be opened.
enum SubscriberTableError: Error, Equatable, CustomStringConvertible, ExitCoded {
  case unreadable(path: String, detail: String)

  var description: String {
    switch self {
    case .unreadable(let path, let detail): "\(path): cannot be read (\(detail))"
    }
  }

  var exitCode: ExitCode { .missingInput }
}
