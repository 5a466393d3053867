import Cryptography
import Glibc

/// A file that is being written through a buffer, with a checksum on the way.
///
/// It can be put aside: closed, without a buffer, until there is more to write.
@safe
struct OutputFile: ~Copyable {
  private let folder: Int32
  private let name: String
  /// For messages about errors.
  private let path: String
  /// Negative while the file is put aside.
  private var descriptor: Int32
  private var buffer: [UInt8] = []
  private var checksum = Checksum()
  private(set) var size: Int64 = 0

  private static let bufferSize = 32_768

  /// - Parameters:
  ///   - folder: the descriptor of the folder that the name is below; stays open.
  init(descriptor: Int32, name: String, folder: Int32, path: String) {
    self.descriptor = descriptor
    self.name = name
    self.folder = folder
    self.path = path
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  mutating func write(_ bytes: Span<UInt8>) throws(PublishingError) {
    size += Int64(bytes.count)
    if buffer.isEmpty { buffer.reserveCapacity(OutputFile.bufferSize) }
    if buffer.count + bytes.count > OutputFile.bufferSize { try flush() }
    if bytes.count > OutputFile.bufferSize {
      try reopen()
      checksum.update(bytes)
      try writeThrough(bytes)
    } else {
      unsafe bytes.withUnsafeBufferPointer { unsafe buffer.append(contentsOf: $0) }
    }
  }

  /// Writes what is in the buffer, and closes the file until there is more to write.
  mutating func putAside() throws(PublishingError) {
    try flush()
    buffer = []
    if descriptor >= 0 { close(descriptor) }
    descriptor = -1
  }

  /// Writes what is left in the buffer, and gives the checksum of all that was written.
  mutating func finish() throws(PublishingError) -> [UInt8] {
    try flush()
    return checksum.digest()
  }

  /// Makes the file what a web server may serve.
  ///
  /// - Parameters:
  ///   - newerThan: the modification time of the file that it replaces. A cache that compares
  ///     whole seconds must see a later one.
  mutating func settle(newerThan old: timespec?) throws(PublishingError) {
    try reopen()
    guard fchmod(descriptor, 0o644) == 0 else { throw systemError(path) }
    // Its own time, for the clock may have passed a second since the last write.
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw systemError(path) }
    guard let old, old.tv_sec >= status.st_mtim.tv_sec else { return }
    let later = timespec(tv_sec: old.tv_sec + 1, tv_nsec: 0)
    guard unsafe futimens(descriptor, [later, later]) == 0 else { throw systemError(path) }
  }

  private mutating func reopen() throws(PublishingError) {
    guard descriptor < 0 else { return }
    descriptor = unsafe openat(folder, name, O_WRONLY | O_APPEND | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { throw systemError(path) }
  }

  private mutating func flush() throws(PublishingError) {
    guard !buffer.isEmpty else { return }
    try reopen()
    // Apart from the rest of the file for as long as it is read.
    var bytes: [UInt8] = []
    swap(&bytes, &buffer)
    checksum.update(bytes.span)
    try writeThrough(bytes.span)
    bytes.removeAll(keepingCapacity: true)
    swap(&bytes, &buffer)
  }

  private func writeThrough(_ bytes: Span<UInt8>) throws(PublishingError) {
    var written = 0
    while written < bytes.count {
      let count = unsafe bytes.extracting(written...).withUnsafeBytes {
        unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw systemError(path) }
      written += count
    }
  }
}
