import Glibc
package import Model

/// What reading a file of a source came to.
package enum FileReading: Equatable, Sendable {
  /// All of it, and what the file looked like before and after.
  case content([UInt8], FileStamp)
  /// Somebody was writing it meanwhile: it is for the next run.
  case growing
}

extension SourceFolder {
  /// A text of that size is no article: of half of it, a feed has the summary only.
  package static let largestFile = 20_000_000

  /// Reads a file; throws what is wrong with it.
  ///
  /// - Parameter key: its path below the folder, as ``eachFile(_:)`` gave it.
  package func read(_ key: String) throws(Problem) -> FileReading {
    let file = try open(key)
    let before = try status(of: file, key)
    guard before.st_mode & S_IFMT == S_IFREG else {
      throw problem(key, kindMessage(before.st_mode))
    }
    guard before.st_size <= SourceFolder.largestFile else { throw tooLarge(key, before.st_size) }
    // One byte more than there should be: it shows that the file grows.
    let (bytes, code) = file.bytes(atMost: Int(before.st_size) + 1)
    if let code { throw problem(key, "cannot be read (\(reason(code)))") }
    let stamp = FileStamp(before)
    let after = try status(of: file, key)
    guard FileStamp(after) == stamp, bytes.count == before.st_size else { return .growing }
    return .content(bytes, stamp)
  }

  private func open(_ key: String) throws(Problem) -> FileDescriptor {
    var names = key.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard let last = names.popLast(), names.allSatisfy(isPlainName), isPlainName(last) else {
      throw problem(key, "is no path below the folder")
    }
    guard let file = descend(names[...], from: folder.number, to: last) else {
      throw problem(
        key,
        errno == ELOOP ? kindMessage(S_IFLNK) : "cannot be opened (\(reason(errno)))"
      )
    }
    return file
  }

  private func status(
    of file: borrowing FileDescriptor,
    _ key: String
  ) throws(Problem) -> stat {
    var status = stat()
    guard unsafe fstat(file.number, &status) == 0 else {
      throw problem(key, "cannot be looked at (\(reason(errno)))")
    }
    return status
  }

  private func tooLarge(_ key: String, _ size: off_t) -> Problem {
    problem(key, "has \(size) bytes, and at most \(SourceFolder.largestFile) are read; split it")
  }
}

/// Opens folder after folder, so that no part of a path is a link.
private func descend(_ names: ArraySlice<String>, from folder: Int32, to file: String)
  -> FileDescriptor?
{
  guard let next = names.first else { return FileDescriptor(file, below: folder, flags: 0) }
  guard let inner = FileDescriptor(next, below: folder, flags: O_DIRECTORY) else { return nil }
  return descend(names.dropFirst(), from: inner.number, to: file)
}

private func isPlainName(_ name: String) -> Bool {
  !name.isEmpty && name != "." && name != ".." && !name.utf8.contains(0)
}

extension FileDescriptor {
  /// Reads to the end, or to the limit.
  fileprivate func bytes(atMost limit: Int) -> (bytes: [UInt8], code: Int32?) {
    var code: Int32?
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
      guard let base = buffer.baseAddress else { return }
      while count < limit {
        let got = unsafe Glibc.read(number, base + count, limit - count)
        if got == 0 { return }
        if got < 0 {
          guard errno != EINTR else { continue }
          code = errno
          return
        }
        count += got
      }
    }
    return (bytes, code)
  }
}
