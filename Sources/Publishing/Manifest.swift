/// Which files of the output folder are ours: a text file beside them, one line a file.
///
/// A line has the file's SHA-256, its size in bytes and its path, separated by spaces. It holds no
/// time and no machine's name, so the same site gives the same manifest anywhere.
struct Manifest: Equatable {
  struct Line: Equatable {
    var sha256: String
    var size: Int64
  }

  static let name = ".feedgen"
  /// The manifest that is on its way: what it lists may be there already, and is ours too.
  static let nextName = ".feedgen.next"
  private static let header = "feedgen manifest 1: the files that feedgen wrote here"

  /// By path below the output folder.
  var files: [String: Line] = [:]

  var text: String {
    let lines = files.sorted { $0.key < $1.key }
      .map { "\($0.value.sha256) \($0.value.size) \($0.key)\n" }
    return Manifest.header + "\n" + lines.joined()
  }

  init() {}

  /// Reads a manifest's text; `path` is for the error.
  init(_ text: String, path: String) throws(PublishingError) {
    let lines = text.split(separator: "\n")
    guard lines.first == Manifest.header[...] else {
      throw .damagedManifest(path: path, line: 1)
    }
    for (number, line) in lines.enumerated().dropFirst() {
      let fields = line.split(separator: " ", maxSplits: 2)
      guard fields.count == 3, fields[0].utf8.count == 64, let size = Int64(fields[1]),
        isInside(fields[2])
      else { throw .damagedManifest(path: path, line: number + 1) }
      files[String(fields[2])] = Line(sha256: String(fields[0]), size: size)
    }
  }
}

/// Whether a path stays below the folder it is relative to.
func isInside(_ path: some StringProtocol) -> Bool {
  path.split(separator: "/", omittingEmptySubsequences: false)
    .allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }
}
