import Foundation

extension FileManager {
  /// Writes a file, and the folders above it.
  func write(_ text: String, to path: String) throws {
    let url = URL(fileURLWithPath: path)
    try createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  /// Removes those of the files and folders that are there.
  func remove(_ paths: [String]) throws {
    for path in paths where fileExists(atPath: path) { try removeItem(atPath: path) }
  }
}
