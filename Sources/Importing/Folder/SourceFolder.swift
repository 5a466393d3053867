import Glibc
import Model

/// A folder of articles, opened once: nothing outside it is ever read.
///
/// Symbolic links are not followed, neither as files nor on the way to one, and reported.
package struct SourceFolder: ~Copyable {
  /// As messages name it.
  package let path: String
  let folder: FileDescriptor

  /// Opens a folder; itself it may be reached by symbolic links.
  package init(opening path: String) throws(SourceFolderError) {
    let number = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard let folder = FileDescriptor(opened: number) else {
      throw SourceFolderError(path: path, code: errno)
    }
    self.path = path
    self.folder = folder
  }

  /// What messages call a file of the folder.
  package func path(of key: String) -> String { pathBelow(path, key) }

  func problem(_ key: String, _ message: String) -> Problem {
    Problem(path: path(of: key), message: message)
  }
}

/// The path of a file below a folder, with one slash between.
func pathBelow(_ folder: String, _ key: String) -> String {
  folder.hasSuffix("/") || key.isEmpty ? folder + key : "\(folder)/\(key)"
}
