import Glibc
import Publishing

/// A file with messages: an mbox, where it begins with `From `; otherwise one message.
///
/// It is only read. A message that was dealt with once is known again.
struct MailFile: ~Copyable {
  private let file: OpenFile

  /// - Throws: where it cannot be opened.
  init(_ path: String) throws(MailFileError) {
    do throws(FileError) {
      file = try OpenFile(path, O_RDONLY)
    } catch {
      throw unsafe access(path, F_OK) == 0
        ? .unreadable(path: path, detail: error.description) : .missing(path: path)
    }
    waitForWriters()
  }

  /// Visits the messages, of which only the beginning is kept.
  func eachMessage(
    named name: String,
    atMost limit: Int,
    _ visit: ([UInt8]) throws -> Void
  ) throws {
    try readMessages(
      named: name,
      atMost: limit,
      pieces: { () throws -> [UInt8] in
        do throws(FileError) {
          return try file.read(atMost: 65_536)
        } catch {
          throw MailFileError.unreadable(path: name, detail: error.description)
        }
      },
      visit
    )
  }

  /// A mail server that is adding a message holds a lock; it is let go when the file is closed.
  private func waitForWriters() {
    var lock = flock()
    lock.l_type = Int16(F_RDLCK)
    lock.l_whence = Int16(SEEK_SET)
    // Not all file systems can lock; then the end of the file may be read once more.
    _ = unsafe fcntl(file.descriptor, F_SETLKW, &lock)
  }
}

/// Visits the messages that come in pieces, of which the last is empty.
func readMessages(
  named name: String,
  atMost limit: Int,
  pieces: () throws -> [UInt8],
  _ visit: ([UInt8]) throws -> Void
) throws {
  var reader = MboxReader(limit: limit)
  var count = 0
  while true {
    let piece = try pieces()
    if piece.isEmpty { reader.finish() } else { reader.feed(piece) }
    for message in reader.takeMessages() {
      count += 1
      try visit(message)
    }
    if piece.isEmpty { break }
  }
  if count == 0 { throw MailFileError.notMail(name: name) }
}

extension OpenFile {
  var isRegular: Bool {
    FileStatus(of: descriptor)?.kind == .file
  }

  /// The first bytes.
  func beginning(atMost limit: Int) throws(FileError) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < limit {
      let more = try read(atMost: min(65_536, limit - bytes.count))
      guard !more.isEmpty else { break }
      bytes += more
    }
    return bytes
  }
}
