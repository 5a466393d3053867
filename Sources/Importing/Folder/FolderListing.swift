import Cryptography
import Glibc

/// The names in one folder that matter, in one buffer: a folder can have a hundred thousand.
@safe
struct FolderListing: ~Copyable {
  enum Kind { case file, folder }

  struct Entry {
    /// Where the name begins in the buffer; a NUL is behind it.
    var start: Int
    var length: Int
    var kind: Kind
  }

  private var names: [UInt8] = []
  private var entries: [Entry] = []

  /// Reads a folder to its end.
  ///
  /// - Returns: the error that ended it early.
  mutating func read(_ folder: borrowing FileDescriptor) -> Int32? {
    // The stream takes a descriptor of its own with it when it closes.
    let number = fcntl(folder.number, F_DUPFD_CLOEXEC, 0)
    guard number >= 0, let stream = unsafe fdopendir(number) else {
      let code = errno
      if number >= 0 { close(number) }
      return code
    }
    defer { unsafe closedir(stream) }
    while true {
      errno = 0
      guard let entry = unsafe readdir(stream) else { return errno == 0 ? nil : errno }
      unsafe add(entry, in: folder.number)
    }
  }

  private mutating func add(_ entry: UnsafePointer<dirent>, in folder: Int32) {
    let type = unsafe Int(entry.pointee.d_type)
    let name = unsafe entryName(entry)
    let bytes = unsafe UnsafeRawBufferPointer(start: name, count: strlen(name))
    guard unsafe bytes.first != UInt8(ascii: "."),
      let kind = unsafe kind(ofType: type, name, bytes, in: folder)
    else { return }
    entries.append(Entry(start: names.count, length: bytes.count, kind: kind))
    unsafe names.append(contentsOf: bytes)
    // A folder sorts as its name and a slash: so a whole tree comes in byte order of its paths.
    if kind == .folder { names.append(UInt8(ascii: "/")) }
    names.append(0)
  }

  /// The entries in byte order.
  func sorted() -> [Entry] {
    unsafe names.withUnsafeBytes { buffer in
      guard let base = unsafe buffer.assumingMemoryBound(to: CChar.self).baseAddress else {
        return []
      }
      return entries.sorted { unsafe strcmp(base + $0.start, base + $1.start) < 0 }
    }
  }

  /// The name of an entry; nil where it is not UTF-8, or has control characters.
  func name(of entry: Entry) -> String? {
    let bytes = names[entry.start..<entry.start + entry.length]
    guard !bytes.contains(where: { $0 < 0x20 || $0 == 0x7f }) else { return nil }
    return String(validating: bytes, as: UTF8.self)
  }

  /// The name with what cannot be printed as `\x1b`.
  func printableName(of entry: Entry) -> String {
    names[entry.start..<entry.start + entry.length].map { byte in
      let isPrintable = (0x20..<0x7f).contains(byte)
      return isPrintable ? String(Unicode.Scalar(byte)) : "\\x" + [byte].hexadecimal
    }
    .joined()
  }

  func status(of entry: Entry, in folder: borrowing FileDescriptor, _ status: inout stat) -> Bool {
    unsafe names.withUnsafeBytes { buffer in
      let base = unsafe buffer.assumingMemoryBound(to: CChar.self).baseAddress
      guard let base = unsafe base else { return false }
      return unsafe fstatat(
        folder.number,
        base + entry.start,
        &status,
        AT_SYMLINK_NOFOLLOW
      ) == 0
    }
  }
}

/// Where a directory entry's name begins: Swift imports it as a tuple of 256 bytes, which would be
/// copied.
private func entryName(_ entry: UnsafePointer<dirent>) -> UnsafePointer<CChar> {
  let offset = MemoryLayout<dirent>.offset(of: \.d_name) ?? 19
  return unsafe (UnsafeRawPointer(entry) + offset).assumingMemoryBound(to: CChar.self)
}

/// What an entry is for us; nil for what is none of ours.
///
/// Links, FIFOs and the like count as files where they are named like articles, so that they are
/// reported; and so do links to folders, in which articles may be.
private func kind(
  ofType type: Int,
  _ name: UnsafePointer<CChar>,
  _ bytes: UnsafeRawBufferPointer,
  in folder: Int32
) -> FolderListing.Kind? {
  switch type {
  case Int(DT_DIR): return .folder
  case Int(DT_UNKNOWN):
    if unsafe isFolder(name, in: folder, AT_SYMLINK_NOFOLLOW) { return .folder }
  case Int(DT_LNK):
    if unsafe isFolder(name, in: folder, 0) { return .file }
  default: break
  }
  return unsafe hasArticleExtension(bytes) ? .file : nil
}

private func isFolder(_ name: UnsafePointer<CChar>, in folder: Int32, _ flags: Int32) -> Bool {
  var status = stat()
  return unsafe fstatat(folder, name, &status, flags) == 0 && status.st_mode & S_IFMT == S_IFDIR
}

private let articleExtensions = ArticleReader.extensions.map { Array($0.utf8) }

private func hasArticleExtension(_ name: UnsafeRawBufferPointer) -> Bool {
  guard let dot = unsafe name.lastIndex(of: UInt8(ascii: ".")), dot > 0 else { return false }
  let end = unsafe UnsafeRawBufferPointer(rebasing: name[(dot + 1)...])
  return articleExtensions.contains { known in
    unsafe known.count == end.count && zip(known, end).allSatisfy { $0 == $1 | 0x20 }
  }
}
