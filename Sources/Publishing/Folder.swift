import CLinux
import Cryptography
import Glibc

/// An open folder: files below it are reached through it, wherever its path leads by then.
@safe
struct Folder: ~Copyable {
  let path: String
  private let descriptor: Int32

  /// Opens a folder, making it where it is missing.
  init(path: String) throws(PublishingError) {
    self.path = path
    _ = unsafe mkdir(path, 0o755)
    descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw systemError(path) }
  }

  deinit {
    close(descriptor)
  }

  /// Whether it holds nothing but hidden files.
  func isEmpty() throws(PublishingError) -> Bool {
    // The descriptor is used up by the listing, so it gets one of its own.
    let listed = unsafe openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard listed >= 0, let stream = unsafe fdopendir(listed) else { throw systemError(path) }
    defer { unsafe closedir(stream) }
    while let entry = unsafe readdir(stream) {
      if unsafe entry.pointee.d_name.0 != CChar(bitPattern: UInt8(ascii: ".")) { return false }
    }
    return true
  }

  /// The status of a file, links not followed; nil where there is none.
  func status(of name: String) throws(PublishingError) -> stat? {
    var status = stat()
    if unsafe fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 { return status }
    guard errno == ENOENT || errno == ENOTDIR else { throw systemError(full(name)) }
    return nil
  }

  func makeFolder(_ name: String) throws(PublishingError) {
    guard unsafe mkdirat(descriptor, name, 0o755) != 0, errno != EEXIST else { return }
    throw systemError(full(name))
  }

  /// Opens a file that must not exist yet.
  func create(_ name: String) throws(PublishingError) -> OutputFile {
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
    let file = unsafe openat(descriptor, name, flags, 0o600)
    guard file >= 0 else { throw systemError(full(name)) }
    return OutputFile(descriptor: file, name: name, folder: descriptor, path: full(name))
  }

  /// The bytes of a file; nil where there is none.
  func read(_ name: String) throws(PublishingError) -> [UInt8]? {
    var bytes: [UInt8] = []
    let isThere = try eachPiece(of: name) { piece throws(PublishingError) in
      unsafe piece.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
    }
    return isThere ? bytes : nil
  }

  /// The checksum of a file; nil where there is none.
  func checksum(of name: String) throws(PublishingError) -> [UInt8]? {
    var checksum = Checksum()
    let isThere = try eachPiece(of: name) { piece throws(PublishingError) in
      checksum.update(piece)
    }
    return isThere ? checksum.digest() : nil
  }

  /// Lends a file's bytes piece by piece; false where there is no file.
  func eachPiece(
    of name: String,
    _ body: (Span<UInt8>) throws(PublishingError) -> Void
  ) throws(PublishingError) -> Bool {
    let file = unsafe openat(descriptor, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else {
      // A link is none of ours: it is replaced, and never followed.
      if [ENOENT, ENOTDIR, ELOOP].contains(errno) { return false }
      throw systemError(full(name))
    }
    defer { close(file) }
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = unsafe Glibc.read(file, &buffer, buffer.count)
      if count == 0 { return true }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw systemError(full(name)) }
      try body(buffer.span.extracting(..<count))
    }
  }

  func rename(_ name: String, to newName: String) throws(PublishingError) {
    guard unsafe renameat(descriptor, name, descriptor, newName) == 0
    else { throw systemError(full(newName)) }
  }

  func remove(_ name: String) throws(PublishingError) {
    guard unsafe unlinkat(descriptor, name, 0) != 0, errno != ENOENT else { return }
    throw systemError(full(name))
  }

  /// Removes the folders that a removed file has left empty.
  func removeEmptyFolders(above name: String) {
    var names = name.split(separator: "/").dropLast()
    while !names.isEmpty,
      unsafe unlinkat(descriptor, names.joined(separator: "/"), AT_REMOVEDIR) == 0
    {
      names.removeLast()
    }
  }

  /// Makes files or folders below durable, or this folder itself, which has the empty name.
  func sync(_ names: [String]) throws(PublishingError) {
    // Many at once are the file system's own business; for a few, others' files need not wait.
    guard names.count <= 16 else {
      guard syncfs(descriptor) == 0 else { throw systemError(path) }
      return
    }
    for name in names { try sync(name) }
  }

  private func sync(_ name: String) throws(PublishingError) {
    let inner = unsafe openat(descriptor, name.isEmpty ? "." : name, O_RDONLY | O_CLOEXEC)
    guard inner >= 0 else { throw systemError(full(name)) }
    defer { close(inner) }
    guard fsync(inner) == 0 else { throw systemError(full(name)) }
  }

  func full(_ name: String) -> String {
    path.hasSuffix("/") ? path + name : "\(path)/\(name)"
  }
}
