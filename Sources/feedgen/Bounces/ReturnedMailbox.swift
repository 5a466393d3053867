import Delivering
import Glibc
import Transfer

/// The mailbox that reports, complaints and requests to leave come to, wherever it is.
struct ReturnedMailbox {
  let place: MailboxPlace
  /// Whether what was dealt with is marked as seen.
  let isMarking: Bool

  /// Visits the messages that nobody has seen.
  ///
  /// - Parameter visit: returns whether the message was dealt with.
  func eachMessage(_ visit: ([UInt8]) throws -> Bool) throws {
    let limit = ReturnedMail.mostBytes
    switch place {
    case .standardInput:
      try readMessages(named: place.name, atMost: limit, pieces: standardInput) {
        _ = try visit($0)
      }
    case .path(let path):
      if let maildir = Maildir(path) {
        return try maildir.eachMessage(atMost: limit, marking: isMarking, visit)
      }
      guard !isFolder(path) else { throw MailFileError.notMaildir(path: path) }
      try MailFile(path).eachMessage(named: path, atMost: limit) { _ = try visit($0) }
    case .imap(let address): try visitMessages(of: address, atMost: limit, visit)
    }
  }

  /// What was done is marked at once, so that a lost connection leaves little to do twice.
  private func visitMessages(
    of address: IMAPAddress,
    atMost limit: Int,
    _ visit: ([UInt8]) throws -> Bool
  ) throws {
    let mailbox = try IMAPMailbox(on: address.server(), isReadOnly: !isMarking)
    defer { mailbox.close() }
    for number in try mailbox.unseen() {
      guard let bytes = try mailbox.message(number, atMost: limit) else { continue }
      if try visit(bytes), isMarking { try mailbox.markSeen([number]) }
    }
  }
}

/// The next bytes of standard input; empty at the end.
private func standardInput() throws -> [UInt8] {
  var bytes = [UInt8](repeating: 0, count: 65_536)
  var count: Int
  repeat {
    count = unsafe read(STDIN_FILENO, &bytes, bytes.count)
  } while count < 0 && errno == EINTR
  guard count >= 0 else {
    throw MailFileError.unreadable(path: "standard input", detail: "\(FileError.last)")
  }
  return Array(bytes[..<count])
}
