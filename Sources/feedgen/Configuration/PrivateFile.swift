import Glibc
import Publishing

/// Why a file that only its owner may read cannot be read or written.
enum FileError: Error, Equatable, CustomStringConvertible {
  case readableByOthers
  /// The system's words.
  case system(String)

  var description: String {
    switch self {
    case .readableByOthers: "others can read it"
    case .system(let words): words
    }
  }

  /// What the system says of its last refusal.
  static var last: FileError {
    let code = errno
    return .system(unsafe String(cString: strerror(code)))
  }
}

/// An open file, closed at the end of its life.
struct OpenFile: ~Copyable {
  let descriptor: Int32

  init(_ path: String, _ flags: Int32, mode: mode_t = 0) throws(FileError) {
    descriptor = unsafe open(path, flags | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw .last }
  }

  deinit { close(descriptor) }

  /// The next bytes, at most so many; empty at the end.
  func read(atMost count: Int) throws(FileError) -> [UInt8] {
    var failed = false
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      var got: Int
      repeat {
        got = unsafe Glibc.read(descriptor, buffer.baseAddress, count)
      } while got < 0 && errno == EINTR
      failed = got < 0
      filled = max(0, got)
    }
    if failed { throw .last }
    return bytes
  }

  /// Writes all bytes, and waits until the disk has them.
  func writeDurably(_ bytes: [UInt8]) throws(FileError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = unsafe rest.withUnsafeBytes {
        unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { throw .last }
      rest = rest.dropFirst(written)
    }
    guard fsync(descriptor) == 0 else { throw .last }
  }
}

/// The bytes of a file that nobody but its owner may read.
///
/// The mode is that of the open file, so that no other can be put in its place between.
func privateFile(at path: String, atMost limit: Int) throws(FileError) -> [UInt8] {
  let file = try OpenFile(path, O_RDONLY)
  guard let status = FileStatus(of: file.descriptor) else { throw .last }
  guard status.kind == .file else { throw .system("not a file") }
  guard status.permissions & 0o077 == 0 else { throw .readableByOthers }
  return try file.read(atMost: limit)
}

/// Makes a file that nobody but its owner may read, whole or not at all; one that is there stays.
///
/// - Returns: whether it was made.
@discardableResult
func makePrivateFile(_ name: String, in folder: String, _ bytes: [UInt8]) throws(FileError) -> Bool
{
  let path = "\(folder)/\(name)"
  guard unsafe access(path, F_OK) != 0 else { return false }
  let draft = "\(folder)/.\(name).\(getpid())"
  _ = unsafe unlink(draft)
  try OpenFile(draft, O_WRONLY | O_CREAT | O_EXCL, mode: 0o600).writeDurably(bytes)
  // A link fails where the name is taken, by a run beside this one; a rename would replace it.
  let linked = unsafe link(draft, path)
  let refusal = FileError.last
  let isTaken = linked != 0 && errno == EEXIST
  _ = unsafe unlink(draft)
  guard linked == 0 || isTaken else { throw refusal }
  _ = fsync(try OpenFile(folder, O_RDONLY).descriptor)
  return linked == 0
}

/// All bytes of a file.
func wholeFile(at path: String, atMost limit: Int) throws(FileError) -> [UInt8] {
  let file = try OpenFile(path, O_RDONLY)
  var bytes: [UInt8] = []
  while bytes.count <= limit {
    let more = try file.read(atMost: 65_536)
    guard !more.isEmpty else { return bytes }
    bytes += more
  }
  throw .system("larger than \(limit) bytes")
}
