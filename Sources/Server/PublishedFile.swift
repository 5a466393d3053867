import Glibc
import Hummingbird
import Publishing

/// A file of the output folder, open: what is sent is one version of it, whatever replaces it.
struct PublishedFile: Sendable {
  private static let pieceLength = 65_536

  let size: Int
  /// Seconds since 1970.
  let modified: Int64
  /// Another one for every version, since a file that is replaced gets a later time (RFC 9110 §8.8.1).
  let eTag: String
  private let descriptor: Descriptor

  /// Nil where there is no such file.
  ///
  /// - Parameter path: of plain names; no link is followed, and only regular files are opened.
  /// - Throws: where the system can open no more files.
  init?(_ path: String, in folder: String) throws {
    var descriptor = try Descriptor(opening: folder, O_RDONLY | O_DIRECTORY)
    let names = path.split(separator: "/")
    for (place, name) in names.enumerated() {
      let isLast = place == names.count - 1
      let flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | (isLast ? 0 : O_DIRECTORY)
      descriptor = try descriptor.flatMap { try Descriptor(opening: String(name), in: $0, flags) }
    }
    guard let descriptor, let status = FileStatus(of: descriptor.number), status.kind == .file
    else { return nil }
    self.descriptor = descriptor
    size = status.size
    modified = status.modified.seconds
    eTag =
      "\"\(String(modified, radix: 16))-\(String(status.modified.nanoseconds, radix: 16))-"
      + "\(String(size, radix: 16))\""
  }

  /// Its bytes, piece by piece as they are taken.
  var body: ResponseBody {
    guard size > 0 else { return ResponseBody() }
    return ResponseBody(contentLength: size) { [self] writer in
      var offset = 0
      while offset < size {
        let piece = try piece(at: offset)
        offset += piece.readableBytes
        try await writer.write(piece)
      }
      try await writer.finish(nil)
    }
  }

  private func piece(at offset: Int) throws -> ByteBuffer {
    let length = min(Self.pieceLength, size - offset)
    var got = 0
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: length) { buffer, filled in
      got = unsafe pread(descriptor.number, buffer.baseAddress, length, off_t(offset))
      filled = max(0, got)
    }
    guard got > 0 else { throw CutShort() }
    return ByteBuffer(bytes: bytes)
  }

  /// A file has become shorter while it was sent: the connection is closed.
  private struct CutShort: Error {}
}

/// An open file, closed when nobody needs it any more.
private final class Descriptor: Sendable {
  let number: Int32

  init?(opening path: String, _ flags: Int32) throws {
    number = unsafe open(path, flags | O_CLOEXEC)
    guard try isOpen(number) else { return nil }
  }

  init?(opening name: String, in folder: Descriptor, _ flags: Int32) throws {
    number = unsafe openat(folder.number, name, flags | O_CLOEXEC)
    guard try isOpen(number) else { return nil }
  }

  deinit {
    if number >= 0 { close(number) }
  }
}

/// Whether a file could be opened; that there are too many open is not the same as that it is not
/// there.
private func isOpen(_ number: Int32) throws -> Bool {
  if number >= 0 { return true }
  let code = errno
  guard ![EMFILE, ENFILE, ENOMEM, EIO].contains(code) else { throw OutOfFiles(code: code) }
  return false
}

private struct OutOfFiles: Error, CustomStringConvertible {
  var code: Int32

  var description: String { "a file cannot be opened: \(unsafe String(cString: strerror(code)))" }
}
