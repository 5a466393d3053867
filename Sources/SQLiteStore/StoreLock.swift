import Glibc
import Store

/// The lock that one process at a time holds while it opens, writes, checkpoints or closes.
///
/// SQLite before 3.51.3, so also Debian 12's, can damage a WAL when two connections write and
/// checkpoint at the same moment. Readers need no lock. The kernel drops it when a process dies.
@safe
final class StoreLock: Sendable {
  private let descriptor: Int32

  init(path: String) throws(StoreError) {
    let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o640)
    guard descriptor >= 0 else { throw .unavailable(path: path, detail: systemMessage()) }
    self.descriptor = descriptor
  }

  deinit {
    close(descriptor)
  }

  func hold<Result, Failure: Error>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    while flock(descriptor, LOCK_EX) != 0 && errno == EINTR {}
    defer { flock(descriptor, LOCK_UN) }
    return try body()
  }
}

private func systemMessage() -> String {
  unsafe String(cString: strerror(errno))
}
