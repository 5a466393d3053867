/// An input cut into pieces of a few bytes each, as a network or a file's buffer would cut it.
///
/// - Parameter size: of each piece but the last; the input itself says, so that a finding can be
///   run again.
package func pieces(of bytes: [UInt8]) -> [[UInt8]] {
  guard !bytes.isEmpty else { return [bytes] }
  let size = 1 + Int(bytes.last ?? 0) % 17
  return stride(from: 0, to: bytes.count, by: size).map { start in
    Array(bytes[start..<min(start + size, bytes.count)])
  }
}
