import Glibc

/// Why a folder of articles cannot be read at all (exit code 66, EX_NOINPUT).
package struct SourceFolderError: Error, Equatable, CustomStringConvertible {
  package let path: String
  /// The system's reason.
  package let code: Int32

  package var description: String {
    let advice =
      switch code {
      case ENOENT: "create it, or mend “sources:” in feedgen.yaml"
      case ENOTDIR: "a source is a folder; name the one it is in"
      case EACCES, EPERM: "let this user read it"
      default: "see to it and run again"
      }
    return "\(path): the folder of articles cannot be opened (\(reason(code))); \(advice)"
  }
}

/// The system's words for one of its error numbers.
func reason(_ code: Int32) -> String {
  var text = [CChar](repeating: 0, count: 128)
  guard unsafe strerror_r(code, &text, text.count) == 0 else { return "error \(code)" }
  return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
}
