internal import CCrypto

/// A public key, with which everybody can verify a signature.
@safe
package final class PublicKey: Sendable {
  package let algorithm: SignatureAlgorithm
  private let handle: KeyHandle

  init(_ handle: KeyHandle, _ algorithm: SignatureAlgorithm) {
    self.handle = handle
    self.algorithm = algorithm
  }

  /// Reads a key as DKIM's records hold it; nil where the bytes are none of that kind.
  ///
  /// - Parameter bytes: a SubjectPublicKeyInfo in DER for RSA, the 32 bytes of an Ed25519 key.
  package convenience init?(_ algorithm: SignatureAlgorithm, bytes: [UInt8]) {
    let handle =
      algorithm == .rsa ? KeyHandle(publicInfo: bytes) : KeyHandle(publicEd25519: bytes)
    guard let handle else {
      ERR_clear_error()
      return nil
    }
    self.init(handle, algorithm)
  }

  /// The key as DKIM's records hold it.
  package var bytes: [UInt8] { algorithm == .rsa ? handle.publicInfo : handle.publicEd25519 }

  package var bits: Int { handle.bits }

  /// Whether the holder of the private half has signed a SHA-256 digest.
  package func verifies(_ signature: [UInt8], digest: [UInt8]) -> Bool {
    let isGood =
      algorithm == .rsa
      ? handle.verifiesRSA(signature, of: digest) : handle.verifiesEd25519(signature, of: digest)
    ERR_clear_error()
    return isGood
  }
}

extension KeyHandle {
  fileprivate convenience init?(publicInfo: [UInt8]) {
    let pointer = unsafe publicInfo.withUnsafeBufferPointer { buffer in
      var start = buffer.baseAddress
      return unsafe d2i_PUBKEY(nil, &start, buffer.count)
    }
    guard let pointer = unsafe pointer else { return nil }
    unsafe self.init(owning: pointer)
    guard unsafe EVP_PKEY_get_base_id(pointer) == EVP_PKEY_RSA else { return nil }
  }

  fileprivate convenience init?(publicEd25519 bytes: [UInt8]) {
    guard
      let pointer = unsafe EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, bytes, bytes.count)
    else { return nil }
    unsafe self.init(owning: pointer)
  }

  fileprivate var publicInfo: [UInt8] {
    var bytes = [UInt8](repeating: 0, count: unsafe Int(i2d_PUBKEY(pointer, nil)))
    unsafe bytes.withUnsafeMutableBufferPointer { buffer in
      var start = buffer.baseAddress
      _ = unsafe i2d_PUBKEY(pointer, &start)
    }
    return bytes
  }

  fileprivate var publicEd25519: [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 32)
    var count = bytes.count
    _ = unsafe EVP_PKEY_get_raw_public_key(pointer, &bytes, &count)
    return bytes
  }

  fileprivate func verifiesRSA(_ signature: [UInt8], of digest: [UInt8]) -> Bool {
    let context = unsafe EVP_PKEY_CTX_new(pointer, nil)
    defer { unsafe EVP_PKEY_CTX_free(context) }
    return unsafe EVP_PKEY_verify_init(context) == 1
      && EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) == 1
      && EVP_PKEY_CTX_set_signature_md(context, EVP_sha256()) == 1
      && EVP_PKEY_verify(context, signature, signature.count, digest, digest.count) == 1
  }

  fileprivate func verifiesEd25519(_ signature: [UInt8], of message: [UInt8]) -> Bool {
    let context = unsafe EVP_MD_CTX_new()
    defer { unsafe EVP_MD_CTX_free(context) }
    return unsafe EVP_DigestVerifyInit(context, nil, nil, nil, pointer) == 1
      && EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
  }
}
