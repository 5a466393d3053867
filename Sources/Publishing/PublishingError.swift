import Glibc

/// Why the output folder could not be brought up to date; what was there is untouched.
package enum PublishingError: Error, Equatable, CustomStringConvertible {
  /// The folder holds files, and no manifest says that they are ours.
  case notOurs(path: String)
  /// A file stands where a document belongs, and the manifest does not know it.
  case inTheWay(path: String)
  /// The manifest cannot be understood.
  case damagedManifest(path: String, line: Int)
  /// The system refused to write; with its words.
  case cannotWrite(path: String, detail: String)
  /// The same, for want of permission.
  case notPermitted(path: String, detail: String)

  package var description: String {
    switch self {
    case .notOurs(let path):
      "\(path): not empty, and not written by feedgen; name an empty folder as “output”, "
        + "or move its files away"
    case .inTheWay(let path):
      "\(path): in the way, and not written by feedgen; move it away"
    case .damagedManifest(let path, let line):
      "\(path):\(line): not a line of feedgen's manifest; restore the file, or empty the folder"
    case .cannotWrite(let path, let detail):
      "\(path): cannot be written (\(detail)); every published file is whole, "
        + "and the next run goes on from here"
    case .notPermitted(let path, let detail):
      "\(path): cannot be written (\(detail)); give the user who runs feedgen the right to"
    }
  }
}

/// What the system says of its last refusal, as an error of ours.
func systemError(_ path: String) -> PublishingError {
  let code = errno
  let detail = unsafe String(cString: strerror(code))
  switch code {
  case EACCES, EPERM, EROFS: return .notPermitted(path: path, detail: detail)
  default: return .cannotWrite(path: path, detail: detail)
  }
}
