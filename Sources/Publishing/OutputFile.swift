import Cryptography
import Glibc

/// A file that is being written through a buffer, and hashed on the way.
@safe
struct OutputFile: ~Copyable {
  private let descriptor: Int32
  private let path: String
  private var buffer: [UInt8] = []
  private var digest = SHA256()
  private(set) var size: Int64 = 0

  private static let bufferSize = 65_536

  init(descriptor: Int32, path: String) {
    self.descriptor = descriptor
    self.path = path
    buffer.reserveCapacity(OutputFile.bufferSize)
  }

  deinit {
    close(descriptor)
  }

  mutating func write(_ bytes: Span<UInt8>) throws(PublishingError) {
    size += Int64(bytes.count)
    digest.update(bytes)
    if buffer.count + bytes.count > OutputFile.bufferSize { try flush() }
    if bytes.count > OutputFile.bufferSize {
      try writeThrough(bytes)
    } else {
      unsafe bytes.withUnsafeBufferPointer { unsafe buffer.append(contentsOf: $0) }
    }
  }

  /// Writes what is left in the buffer, and gives the SHA-256 of all that was written.
  mutating func finish() throws(PublishingError) -> [UInt8] {
    try flush()
    return digest.takeDigest()
  }

  /// Makes the file what a web server may serve: readable, and safe from a power cut.
  ///
  /// - Parameters:
  ///   - newerThan: the modification time of the file that it replaces. A cache that compares
  ///     whole seconds must see a later one.
  func settle(newerThan old: timespec?) throws(PublishingError) {
    guard fchmod(descriptor, 0o644) == 0 else { throw systemError(path) }
    var now = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &now)
    if let old, old.tv_sec >= now.tv_sec {
      let later = timespec(tv_sec: old.tv_sec + 1, tv_nsec: 0)
      guard unsafe futimens(descriptor, [later, later]) == 0 else { throw systemError(path) }
    }
    guard fsync(descriptor) == 0 else { throw systemError(path) }
  }

  private mutating func flush() throws(PublishingError) {
    try writeThrough(buffer.span)
    buffer.removeAll(keepingCapacity: true)
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
