internal import CCrypto

/// A SHA-256 digest (FIPS 180-4) of bytes that come in pieces.
@safe
package struct SHA256: ~Copyable {
  private let context: OpaquePointer

  package init() {
    guard let context = unsafe EVP_MD_CTX_new() else { fatalError("out of memory") }
    unsafe self.context = context
    let begun = unsafe EVP_DigestInit_ex(context, EVP_sha256(), nil)
    precondition(begun == 1, "libcrypto has no SHA-256")
  }

  deinit {
    unsafe EVP_MD_CTX_free(context)
  }

  package mutating func update(_ bytes: Span<UInt8>) {
    unsafe bytes.withUnsafeBytes {
      _ = unsafe EVP_DigestUpdate(context, $0.baseAddress, $0.count)
    }
  }

  /// The 32 bytes of the digest; begins anew.
  package mutating func takeDigest() -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: 32)
    _ = unsafe EVP_DigestFinal_ex(context, &digest, nil)
    _ = unsafe EVP_DigestInit_ex(context, EVP_sha256(), nil)
    return digest
  }

  package consuming func finish() -> [UInt8] {
    takeDigest()
  }

  /// The 32 bytes of the digest of a text's UTF-8.
  package static func hash(_ text: String) -> [UInt8] {
    hash(Array(text.utf8))
  }

  package static func hash(_ bytes: [UInt8]) -> [UInt8] {
    var digest = SHA256()
    digest.update(bytes.span)
    return digest.finish()
  }
}
