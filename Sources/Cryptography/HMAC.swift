internal import CCrypto

/// HMAC-SHA-256 (RFC 2104): 32 bytes that only the holder of the key can make.
package func hmacSHA256(key: [UInt8], _ message: [UInt8]) -> [UInt8] {
  var code = [UInt8](repeating: 0, count: 32)
  let made = unsafe HMAC(EVP_sha256(), key, Int32(key.count), message, message.count, &code, nil)
  unsafe precondition(made != nil, "libcrypto has no SHA-256")
  return code
}

/// Whether two codes are the same; how long that takes does not say where they differ.
package func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
  guard left.count == right.count else { return false }
  return zip(left, right).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
}
