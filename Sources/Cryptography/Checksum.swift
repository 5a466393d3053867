internal import CXXHash

/// A checksum of bytes that come in pieces: XXH3, 128 bits.
///
/// It tells changed bytes from unchanged ones at the speed of memory; against somebody who changes
/// them on purpose it proves nothing. `xxh128sum` prints the same digits.
@safe
package struct Checksum: ~Copyable {
  private let state: OpaquePointer

  package init() {
    guard let state = unsafe feedgen_checksum_new() else { fatalError("out of memory") }
    unsafe self.state = state
  }

  deinit {
    unsafe feedgen_checksum_free(state)
  }

  package mutating func update(_ bytes: Span<UInt8>) {
    unsafe bytes.withUnsafeBytes {
      unsafe feedgen_checksum_add(state, $0.baseAddress, $0.count)
    }
  }

  /// The 16 bytes of the checksum so far.
  package borrowing func digest() -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: 16)
    unsafe feedgen_checksum_get(state, &digest)
    return digest
  }

  package static func of(_ bytes: [UInt8]) -> [UInt8] {
    var checksum = Checksum()
    checksum.update(bytes.span)
    return checksum.digest()
  }
}
