import ArgumentParser
import Glibc

/// Why a backup cannot be written, read or put back.
enum BackupFailure: ExitCoded, CustomStringConvertible {
  /// The system refuses, with this error number.
  case system(path: String, code: Int32)
  case notABackup(path: String)
  /// Something in it is not what was written.
  case damaged(path: String, detail: String)
  /// Readers of the site could fetch it, or it would be imported.
  case exposed(path: String, folder: String)
  case otherSite(path: String, found: String, expected: String)
  case storeExists(path: String)

  /// What the system says of its last refusal.
  static func last(_ path: String) -> BackupFailure { .system(path: path, code: errno) }

  var exitCode: ExitCode {
    switch self {
    case .system(_, ENOSPC), .system(_, EDQUOT), .system(_, EIO): .ioError
    case .system(_, EACCES), .system(_, EPERM), .system(_, EROFS): .noPermission
    case .system, .storeExists: .cannotCreate
    case .notABackup: .missingInput
    case .damaged: .badInput
    case .exposed: .usage
    case .otherSite: .configuration
    }
  }

  var description: String {
    switch self {
    case .system(let path, let code):
      "\(path): \(unsafe String(cString: strerror(code)))\(advice(on: code))"
    case .notABackup(let path):
      "\(path): no backup of feedgen’s; name a folder such as "
        + "backups/feedgen-2026-11-21T101500Z"
    case .damaged(let path, let detail):
      "\(path): damaged (\(detail)); take another backup"
    case .exposed(let path, let folder):
      "\(path): lies in \(folder), and a backup holds keys and addresses; name another folder"
    case .otherSite(let path, let found, let expected):
      "\(path): is a backup of the site \(found), not of \(expected)"
    case .storeExists(let path):
      "\(path): the site has a store; to set it aside and put the backup in its place: --replace"
    }
  }

  private func advice(on code: Int32) -> String {
    switch code {
    case ENOSPC, EDQUOT: "; free some space"
    case EACCES, EPERM: "; give the user who runs feedgen the right to"
    default: ""
    }
  }
}
