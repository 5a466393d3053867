internal import Glibc

/// A Maildir that messages are written to where no mail server is set: any mail client opens it.
package final class Outbox: Sendable {
  private let folder: String

  /// Opens the folder, or makes it; one that holds anything else than a Maildir is refused.
  package init(folder: String) throws(OutboxError) {
    self.folder = folder
    let parts = ["cur", "new", "tmp"]
    let names = try Self.names(in: folder)
    guard names.isEmpty || names.isSuperset(of: parts) || names.isSubset(of: parts)
    else { throw .notMaildir(path: folder) }
    for path in [folder] + parts.map({ "\(folder)/\($0)" }) { try Self.makeFolder(path) }
    try Self.syncFolder(folder)
  }

  /// Writes a message, in place of one of the same name: whole, and on the disk when it returns.
  ///
  /// The bytes are those that a mail server would get, CR LF included, so that signatures hold.
  ///
  /// - Returns: the file's name, in `new/`.
  @discardableResult
  package func write(message: [UInt8], name: String) throws(OutboxError) -> String {
    let name = String(decoding: name.utf8.map(fileNameByte), as: UTF8.self)
    let draft = "\(folder)/tmp/\(name)"
    let file = unsafe open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { throw Self.error(draft) }
    do throws(OutboxError) {
      defer { close(file) }
      try Self.write(message.span, to: file, at: draft)
    } catch {
      unsafe unlink(draft)
      throw error
    }
    guard unsafe rename(draft, "\(folder)/new/\(name)") == 0 else {
      throw Self.error("\(folder)/new")
    }
    try Self.syncFolder("\(folder)/new")
    return name
  }

  private static func write(
    _ bytes: Span<UInt8>,
    to file: Int32,
    at path: String
  ) throws(OutboxError) {
    var start = 0
    while start < bytes.count {
      let rest = bytes.extracting(start...)
      let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0, errno != EINTR { throw Self.error(path) }
      start += max(0, count)
    }
    guard fsync(file) == 0 else { throw Self.error(path) }
  }

  private static func syncFolder(_ path: String) throws(OutboxError) {
    let file = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard file >= 0 else { throw error(path) }
    defer { close(file) }
    guard fsync(file) == 0 else { throw error(path) }
  }

  private static func makeFolder(_ path: String) throws(OutboxError) {
    guard unsafe mkdir(path, 0o700) != 0, errno != EEXIST else { return }
    throw error(path)
  }

  /// What lies in a folder; nothing where there is none yet.
  private static func names(in folder: String) throws(OutboxError) -> Set<String> {
    guard let stream = unsafe opendir(folder) else {
      if errno == ENOENT { return [] }
      throw error(folder)
    }
    defer { unsafe closedir(stream) }
    var names: Set<String> = []
    while let entry = unsafe readdir(stream) {
      unsafe names.insert(fileName(of: entry))
    }
    return names.subtracting([".", ".."])
  }

  private static func error(_ path: String) -> OutboxError {
    let code = errno
    let detail = unsafe String(cString: strerror(code))
    return switch code {
    case ENOSPC, EDQUOT: .full(path: path)
    case EACCES, EPERM, EROFS: .notPermitted(path: path, detail: detail)
    default: .cannotWrite(path: path, detail: detail)
    }
  }
}

/// The name of a folder's entry.
func fileName(of entry: UnsafeMutablePointer<dirent>) -> String {
  let offset = MemoryLayout<dirent>.offset(of: \.d_name) ?? 0
  let name = unsafe UnsafeRawPointer(entry) + offset
  return unsafe String(cString: name.assumingMemoryBound(to: CChar.self))
}

/// Keeps a name in its folder, and free of the colon that begins a Maildir's flags.
private func fileNameByte(_ byte: UInt8) -> UInt8 {
  let isPlain =
    (97...122).contains(byte) || (65...90).contains(byte) || (48...57).contains(byte)
    || "-_=@".utf8.contains(byte) || byte == 46
  return isPlain ? byte : 45
}
