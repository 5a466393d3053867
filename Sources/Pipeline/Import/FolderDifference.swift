import Importing
import Model
import Store

/// A file of a folder, and what it looks like.
struct FolderFile {
  var key: String
  var stamp: FileStamp
}

/// What differs between a folder and what the store knows of it: one pass over both, in the order
/// of their paths.
struct FolderDifference {
  /// New files, and those that look different.
  private(set) var changed: [FolderFile] = []
  /// Files that the store knows and the folder lacks.
  private(set) var missing: [SourceFile] = []
  /// Files that an earlier run had missed and that look as they did.
  private(set) var foundAgain: [FolderFile] = []
  private(set) var unchanged = 0
  /// How many files the store knows.
  private(set) var known = 0
  let problems: [Problem]

  init(_ folder: borrowing SourceFolder, source: String, store: any ArticleStore) throws {
    var files: [FolderFile] = []
    problems = try folder.eachFile { files.append(FolderFile(key: $0, stamp: $1)) }
    // What cannot be read is not gone, nor is anything in a folder that cannot be listed.
    let unreadable = problems.map(\.path)
    var next = 0
    try store.eachFile(of: source) { record in
      known += 1
      while next < files.count, isBefore(files[next].key, record.key) {
        changed.append(files[next])
        next += 1
      }
      if next < files.count, files[next].key.utf8.elementsEqual(record.key.utf8) {
        compare(files[next], record)
        next += 1
      } else if !unreadable.contains(where: folder.path(of: record.key).hasPrefix) {
        missing.append(record)
      }
    }
    changed += files[next...]
  }

  private mutating func compare(_ file: FolderFile, _ record: SourceFile) {
    if file.stamp != record.stamp {
      changed.append(file)
    } else if record.missedRuns > 0 {
      foundAgain.append(file)
    } else {
      unchanged += 1
    }
  }
}

/// The order of the store: by bytes, not by any language's rules.
func isBefore(_ left: String, _ right: String) -> Bool {
  left.utf8.lexicographicallyPrecedes(right.utf8)
}
