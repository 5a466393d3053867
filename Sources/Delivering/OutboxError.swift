/// Why a message could not be put into the outbox.
package enum OutboxError: Error, Equatable, CustomStringConvertible {
  /// The folder holds something else.
  case notMaildir(path: String)
  case full(path: String)
  /// Read-only, or not ours.
  case notPermitted(path: String, detail: String)
  case cannotWrite(path: String, detail: String)

  package var description: String {
    switch self {
    case .notMaildir(let path):
      "\(path): is not a Maildir and not empty; give mail.outbox a folder of its own"
    case .full(let path): "\(path): the disk is full; free some space"
    case .notPermitted(let path, let detail):
      "\(path): cannot be written (\(detail)); mend its permissions or choose another mail.outbox"
    case .cannotWrite(let path, let detail): "\(path): cannot be written (\(detail))"
    }
  }
}
