import ArgumentParser
import Glibc

/// A log that is read in pieces: of any size.
struct LogFile {
  let path: String

  /// - Parameter path: `-` for standard input.
  init(_ path: String) {
    self.path = path == "-" ? "/dev/stdin" : path
  }

  func eachPiece(_ visit: ([UInt8]) throws -> Void) throws {
    let file: OpenFile
    do throws(FileError) {
      file = try OpenFile(path, O_RDONLY)
    } catch {
      throw LogFileError.unreadable(path, error)
    }
    var isFirst = true
    while case let piece = try file.read(atMost: 1 << 18), !piece.isEmpty {
      if isFirst, piece.starts(with: [0x1f, 0x8b]) { throw LogFileError.compressed(path) }
      isFirst = false
      try visit(piece)
    }
  }
}

/// Why a log cannot be read.
enum LogFileError: ExitCoded, CustomStringConvertible {
  case unreadable(String, FileError)
  case compressed(String)
  /// No line of Postfix's in it.
  case noLog(String)

  var exitCode: ExitCode {
    switch self {
    case .unreadable: .missingInput
    case .compressed, .noLog: .badInput
    }
  }

  var description: String {
    switch self {
    case .unreadable(let path, let error): "\(path): cannot be read (\(error))"
    case .compressed(let path): "\(path): compressed; run “zcat \(path) | feedgen reconcile -”"
    case .noLog(let path):
      "\(path): no line of Postfix’s smtpd, cleanup or qmgr in it; name the log of the server that "
        + "messages were handed to"
    }
  }
}
