internal import Glibc

/// A run's journal: a file beside the store, locked for as long as the run lives.
package final class JournalFile: DeliveryJournal {
  private let path: String
  private let file: Int32
  private var length: Int

  /// Takes over a file that was opened and locked.
  init(path: String, file: Int32, header: [UInt8]) throws(JournalError) {
    self.path = path
    self.file = file
    length = 0
    try write(header)
  }

  deinit { close(file) }

  package func append(_ record: JournalRecord) throws(JournalError) {
    try write(record.bytes)
  }

  /// Takes the file away: the store knows everything that it says.
  package func remove() {
    unsafe unlink(path)
  }

  private func write(_ bytes: [UInt8]) throws(JournalError) {
    let count = unsafe pwrite(file, bytes, bytes.count, length)
    guard count == bytes.count else { throw JournalError(path: path, detail: lastFailure(count)) }
    length += count
  }
}

/// What the last call to the system has come to.
func lastFailure(_ count: Int = -1) -> String {
  count < 0 ? unsafe String(cString: strerror(errno)) : "the disk is full"
}
