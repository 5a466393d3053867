import Cryptography
import Foundation
import Glibc
import Model

/// How often was sent with a store, noted beside it: a store that knows of less is an older copy.
///
/// The store's own count is raised first, so that a power cut between the two never makes the true
/// store look old.
struct SendingMark: Equatable {
  var count: Int64
  /// The clock of the run that sent last.
  var asOf: Instant

  /// Reads what is noted; nil where nothing is, or nobody can read it.
  init?(beside storePath: String) {
    guard let data = FileManager.default.contents(atPath: SendingMark.path(storePath)) else {
      return nil
    }
    let words = String(decoding: data, as: UTF8.self).split { $0 == " " || $0 == "\n" }
    guard words.count == 2, let count = Int64(words[0]), let seconds = Int64(words[1])
    else { return nil }
    self.init(count: count, asOf: Instant(seconds: seconds))
  }

  init(count: Int64, asOf: Instant) {
    self.count = count
    self.asOf = asOf
  }

  /// Notes it, durably.
  ///
  /// The text always has one length and is written at once: it cannot be half there.
  func write(beside storePath: String) throws(BackupFailure) {
    let path = SendingMark.path(storePath)
    let isNew = unsafe access(path, F_OK) != 0
    let file = unsafe open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { throw .last(path) }
    defer { close(file) }
    let text = "\(count) \(asOf.seconds)"
    let bytes = Array((text + String(repeating: " ", count: max(0, 40 - text.utf8.count))).utf8)
    guard unsafe pwrite(file, bytes, bytes.count, 0) == bytes.count, fsync(file) == 0
    else { throw .last(path) }
    if isNew { try sync(absolutePath("..", in: path)) }
  }

  private static func path(_ storePath: String) -> String { storePath + ".sent" }
}

/// A name of this machine that does not give away the one it is made from, as machine-id(5) asks;
/// nil where it has none.
func machineName() -> String? {
  guard let data = FileManager.default.contents(atPath: "/etc/machine-id"), !data.isEmpty
  else { return nil }
  return String(hmacSHA256(key: Array(data), Array("feedgen store".utf8)).hexadecimal.prefix(32))
}
