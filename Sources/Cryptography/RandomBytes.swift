internal import CCrypto

/// Bytes that nobody can foresee, from libcrypto's generator.
package func randomBytes(_ count: Int) -> [UInt8] {
  var bytes = [UInt8](repeating: 0, count: count)
  let drawn = unsafe RAND_bytes(&bytes, Int32(count))
  precondition(drawn == 1, "the system has no source of randomness")
  return bytes
}
