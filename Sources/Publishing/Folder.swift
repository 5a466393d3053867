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
    return OutputFile(descriptor: file, path: full(name))
  }

  /// The bytes of a file; nil where there is none.
  func read(_ name: String) throws(PublishingError) -> [UInt8]? {
    let file = unsafe openat(descriptor, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw systemError(full(name))
    }
    defer { close(file) }
    return try readAll(file, full(name))
  }

  func rename(_ name: String, to newName: String) throws(PublishingError) {
    guard unsafe renameat(descriptor, name, descriptor, newName) == 0
    else { throw systemError(full(newName)) }
  }

  func remove(_ name: String) throws(PublishingError) {
    guard unsafe unlinkat(descriptor, name, 0) != 0, errno != ENOENT else { return }
    throw systemError(full(name))
  }

  /// Makes durable what was renamed or removed in a folder below, or in this one itself.
  func sync(_ name: String) throws(PublishingError) {
    let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC
    let inner = unsafe openat(descriptor, name.isEmpty ? "." : name, flags)
    guard inner >= 0 else { throw systemError(full(name)) }
    defer { close(inner) }
    guard fsync(inner) == 0 else { throw systemError(full(name)) }
  }

  func full(_ name: String) -> String {
    path.hasSuffix("/") ? path + name : "\(path)/\(name)"
  }
}

private func readAll(_ file: Int32, _ path: String) throws(PublishingError) -> [UInt8] {
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 65_536)
  while true {
    let count = unsafe Glibc.read(file, &buffer, buffer.count)
    if count == 0 { return bytes }
    if count < 0 && errno == EINTR { continue }
    guard count > 0 else { throw systemError(path) }
    bytes += buffer[..<count]
  }
}
