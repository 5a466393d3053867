internal import CZlib

/// Compresses bytes that come in pieces as gzip (RFC 1952).
///
/// Neither a name nor a time is written, so the same bytes always give the same result.
@safe
package struct Gzip: ~Copyable {
  private let stream: UnsafeMutablePointer<z_stream>
  private var output = [UInt8](repeating: 0, count: 65_536)

  package init() {
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    // What is compressed once is sent often.
    let begun = unsafe feedgen_begin_gzip(stream, Z_BEST_COMPRESSION)
    precondition(begun == Z_OK, "out of memory")
  }

  deinit {
    unsafe deflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// Compresses some bytes more, and lends what has become ready.
  package mutating func compress<E>(
    _ bytes: Span<UInt8>,
    _ body: (Span<UInt8>) throws(E) -> Void
  ) throws(E) {
    try unsafe bytes.withUnsafeBufferPointer { bytes throws(E) in
      unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress)
      unsafe stream.pointee.avail_in = UInt32(bytes.count)
      try drain(Z_NO_FLUSH, body)
    }
  }

  /// Lends what is left.
  package consuming func finish<E>(_ body: (Span<UInt8>) throws(E) -> Void) throws(E) {
    try drain(Z_FINISH, body)
  }

  private mutating func drain<E>(
    _ mode: Int32,
    _ body: (Span<UInt8>) throws(E) -> Void
  ) throws(E) {
    repeat {
      let count = unsafe output.withUnsafeMutableBufferPointer { output in
        unsafe stream.pointee.next_out = output.baseAddress
        unsafe stream.pointee.avail_out = UInt32(output.count)
        unsafe deflate(stream, mode)
        return unsafe output.count - Int(stream.pointee.avail_out)
      }
      try body(output.span.extracting(..<count))
    } while unsafe stream.pointee.avail_out == 0
  }
}
