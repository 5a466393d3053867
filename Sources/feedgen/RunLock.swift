import ArgumentParser
import Foundation
import Glibc
import Model

/// The lock that one run holds while it imports, publishes or changes articles.
///
/// It lies beside the store. The kernel drops it when its holder dies, so it is never stale.
@safe
final class RunLock {
  private let descriptor: Int32

  /// Takes the lock, or says who has it.
  init(beside storePath: String, asOf now: Instant) throws {
    let path = storePath + ".run"
    descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o640)
    guard descriptor >= 0 else {
      throw RunLockError.cannotOpen(path: path, detail: unsafe String(cString: strerror(errno)))
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let holder = RunLock.holder(descriptor)
      close(descriptor)
      throw RunLockError.held(process: holder.process, since: holder.since)
    }
    record("\(getpid()) \(now.seconds)")
  }

  deinit {
    close(descriptor)
  }

  /// Says who holds the lock.
  ///
  /// The text always has one length, so that the file is never cut: that would cost more than the
  /// rest of the lock.
  private func record(_ text: String) {
    let bytes = Array((text + String(repeating: " ", count: max(0, 40 - text.utf8.count))).utf8)
    _ = unsafe pwrite(descriptor, bytes, bytes.count, 0)
  }

  private static func holder(_ descriptor: Int32) -> (process: String, since: Instant?) {
    var bytes = [UInt8](repeating: 0, count: 64)
    let count = unsafe pread(descriptor, &bytes, bytes.count, 0)
    let fields = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self).split {
      $0 == " " || $0 == "\n"
    }
    guard fields.count == 2 else { return ("?", nil) }
    return (String(fields[0]), Int64(fields[1]).map(Instant.init(seconds:)))
  }
}

/// Why a run cannot begin.
enum RunLockError: ExitCoded, CustomStringConvertible {
  case held(process: String, since: Instant?)
  case cannotOpen(path: String, detail: String)

  /// A lock held for longer than this is worth a message even under cron.
  static let patience = Interval.minutes(30)

  var exitCode: ExitCode {
    switch self {
    case .held: .temporaryFailure
    case .cannotOpen: .cannotCreate
    }
  }

  var description: String {
    switch self {
    case .held(let process, let since):
      "another run is at work (process \(process)"
        + (since.map { ", since \($0.rfc3339)" } ?? "") + "); try again when it is done"
    case .cannotOpen(let path, let detail):
      "\(path): cannot be opened (\(detail))"
    }
  }
}
