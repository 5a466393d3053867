import Glibc

/// What the system says of a file (stat(2)).
///
/// Targets that stand on NIO or Dispatch ask here: in those the compiler takes the fields of `stat`
/// now and then for these libraries' own, and refuses them.
package struct FileStatus: Sendable {
  package enum Kind: Sendable {
    case file, folder, other
  }

  package let kind: Kind
  /// Who may do what: the lowest nine bits of the mode.
  package let permissions: UInt32
  /// Bytes.
  package let size: Int
  /// Since 1970.
  package let modified: (seconds: Int64, nanoseconds: Int64)

  /// Nil where the system refuses; `errno` says why.
  package init?(of descriptor: Int32) {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { return nil }
    self.init(status)
  }

  /// Nil where there is none, or the system refuses.
  package init?(at path: String, followingLinks: Bool) {
    var status = stat()
    let result = followingLinks ? unsafe stat(path, &status) : unsafe lstat(path, &status)
    guard result == 0 else { return nil }
    self.init(status)
  }

  private init(_ status: stat) {
    kind =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .folder
      default: .other
      }
    permissions = status.st_mode & 0o777
    size = Int(status.st_size)
    modified = (Int64(status.st_mtim.tv_sec), Int64(status.st_mtim.tv_nsec))
  }
}
