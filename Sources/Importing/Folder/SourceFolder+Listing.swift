import Glibc
package import Model

extension SourceFolder {
  /// Visits the files that are articles by their names, in byte order of their paths.
  ///
  /// Each costs one `fstatat`; folders cost none, where the file system names their kind. Hidden
  /// names are passed over, and so is what disappears meanwhile.
  ///
  /// - Parameter visit: gets the path below the folder, and what the file looks like.
  /// - Returns: what cannot be read: links, FIFOs, folders without permission.
  package func eachFile(
    _ visit: (_ key: String, _ stamp: FileStamp) throws -> Void
  ) throws -> [Problem] {
    var walk = FolderWalk(root: path)
    guard let top = FileDescriptor(".", below: folder.number, flags: O_DIRECTORY) else {
      throw SourceFolderError(path: path, code: errno)
    }
    try walk.visit(top, prefix: "", depth: 0, visit)
    return walk.problems
  }
}

/// One walk through a tree of folders.
private struct FolderWalk {
  let root: String
  private(set) var problems: [Problem] = []

  /// Each level keeps a folder open.
  static let deepest = 64

  init(root: String) { self.root = root }

  mutating func visit(
    _ folder: borrowing FileDescriptor,
    prefix: String,
    depth: Int,
    _ visit: (String, FileStamp) throws -> Void
  ) throws {
    var listing = FolderListing()
    if let code = listing.read(folder) { report(prefix, "cannot be listed (\(reason(code)))") }
    for entry in listing.sorted() {
      guard let name = listing.name(of: entry) else {
        report(prefix + listing.printableName(of: entry), unusableName)
        continue
      }
      let key = prefix + name
      switch entry.kind {
      case .folder: try descend(folder, name, key: key, depth: depth, visit)
      case .file:
        if let stamp = stamp(of: listing, entry, in: folder, key: key) { try visit(key, stamp) }
      }
    }
  }

  private mutating func descend(
    _ folder: borrowing FileDescriptor,
    _ name: String,
    key: String,
    depth: Int,
    _ visit: (String, FileStamp) throws -> Void
  ) throws {
    guard depth < FolderWalk.deepest else {
      return report(key, "is more than \(FolderWalk.deepest) folders deep; move it up")
    }
    guard let inner = FileDescriptor(name, below: folder.number, flags: O_DIRECTORY) else {
      if errno != ENOENT { report(key, "cannot be opened (\(reason(errno)))") }
      return
    }
    try self.visit(inner, prefix: key + "/", depth: depth + 1, visit)
  }

  private mutating func stamp(
    of listing: borrowing FolderListing,
    _ entry: FolderListing.Entry,
    in folder: borrowing FileDescriptor,
    key: String
  ) -> FileStamp? {
    var status = stat()
    guard listing.status(of: entry, in: folder, &status) else {
      if errno != ENOENT { report(key, "cannot be looked at (\(reason(errno)))") }
      return nil
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      report(key, kindMessage(status.st_mode))
      return nil
    }
    return FileStamp(status)
  }

  private mutating func report(_ key: String, _ message: String) {
    problems.append(Problem(path: pathBelow(root, key), message: message))
  }
}

private let unusableName = "its name is not UTF-8, or has control characters; rename it"

func kindMessage(_ mode: mode_t) -> String {
  switch mode & S_IFMT {
  case S_IFLNK: "is a symbolic link, which is not followed; put the file itself there"
  case S_IFIFO: "is a FIFO, not a file; remove it"
  case S_IFSOCK: "is a socket, not a file; remove it"
  case S_IFDIR: "is a folder, not a file"
  default: "is a device, not a file; remove it"
  }
}

extension FileStamp {
  init(_ status: stat) {
    self.init(
      size: Int64(status.st_size),
      modified: Int64(status.st_mtim.tv_sec) &* 1_000_000_000 &+ Int64(status.st_mtim.tv_nsec),
      inode: UInt64(status.st_ino)
    )
  }
}
