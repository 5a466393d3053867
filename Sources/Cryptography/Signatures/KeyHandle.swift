internal import CCrypto

/// A key of libcrypto's, freed at the end of its life.
///
/// Nothing changes it after it was made, and libcrypto lets threads share such a key.
@safe
final class KeyHandle: @unchecked Sendable {
  let pointer: OpaquePointer

  /// Takes over a key.
  init(owning pointer: OpaquePointer) {
    unsafe self.pointer = pointer
  }

  deinit {
    unsafe EVP_PKEY_free(pointer)
  }

  var bits: Int { unsafe Int(EVP_PKEY_get_bits(pointer)) }

  /// What libcrypto calls keys of this kind.
  var kindName: String {
    guard let name = unsafe EVP_PKEY_get0_type_name(pointer) else { return "unknown" }
    return unsafe String(cString: name)
  }
}

extension KeyHandle {
  /// Makes a key.
  convenience init(making algorithm: SignatureAlgorithm, bits: Int) {
    let name = algorithm == .rsa ? "RSA" : "ED25519"
    let context = unsafe EVP_PKEY_CTX_new_from_name(nil, name, nil)
    defer { unsafe EVP_PKEY_CTX_free(context) }
    var isReady = unsafe EVP_PKEY_keygen_init(context) == 1
    if algorithm == .rsa, isReady {
      isReady = unsafe EVP_PKEY_CTX_set_rsa_keygen_bits(context, Int32(bits)) == 1
    }
    var made: OpaquePointer?
    guard isReady, unsafe EVP_PKEY_generate(context, &made) == 1, let made = unsafe made
    else { fatalError("libcrypto makes no \(name) key of \(bits) bits") }
    unsafe self.init(owning: made)
  }

  /// Reads a private key; nil where there is none, or it needs a passphrase.
  convenience init?(pem: [UInt8]) {
    // libcrypto reads from these bytes where they are, for as long as `memory` lives.
    let pointer = unsafe pem.withUnsafeBytes { bytes in
      let memory = unsafe BIO_new_mem_buf(bytes.baseAddress, Int32(bytes.count))
      defer { unsafe BIO_free(memory) }
      return unsafe PEM_read_bio_PrivateKey(memory, nil, refusePassphrase, nil)
    }
    guard let pointer = unsafe pointer else {
      ERR_clear_error()
      return nil
    }
    unsafe self.init(owning: pointer)
  }

  /// The private key in PEM (PKCS#8).
  var pem: [UInt8] {
    let memory = unsafe BIO_new(BIO_s_mem())
    defer { unsafe BIO_free(memory) }
    let written = unsafe PEM_write_bio_PKCS8PrivateKey(memory, pointer, nil, nil, 0, nil, nil)
    precondition(written == 1, "libcrypto cannot write a key")
    var bytes = [UInt8](repeating: 0, count: 16 << 10)
    let count = unsafe BIO_read(memory, &bytes, Int32(bytes.count))
    return Array(bytes.prefix(Int(count)))
  }
}

extension KeyHandle {
  func rsaSignature(of digest: [UInt8]) -> [UInt8]? {
    let context = unsafe EVP_PKEY_CTX_new(pointer, nil)
    defer { unsafe EVP_PKEY_CTX_free(context) }
    var signature = [UInt8](repeating: 0, count: unsafe Int(EVP_PKEY_get_size(pointer)))
    var count = signature.count
    let isSigned =
      unsafe EVP_PKEY_sign_init(context) == 1
      && EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) == 1
      && EVP_PKEY_CTX_set_signature_md(context, EVP_sha256()) == 1
      && EVP_PKEY_sign(context, &signature, &count, digest, digest.count) == 1
    return isSigned ? signature : nil
  }

  func ed25519Signature(of message: [UInt8]) -> [UInt8]? {
    let context = unsafe EVP_MD_CTX_new()
    defer { unsafe EVP_MD_CTX_free(context) }
    var signature = [UInt8](repeating: 0, count: 64)
    var count = signature.count
    let isSigned =
      unsafe EVP_DigestSignInit(context, nil, nil, nil, pointer) == 1
      && EVP_DigestSign(context, &signature, &count, message, message.count) == 1
    return isSigned ? signature : nil
  }
}

/// Without a callback libcrypto would ask for a passphrase on the terminal.
private let refusePassphrase:
  @convention(c) (UnsafeMutablePointer<CChar>?, Int32, Int32, UnsafeMutableRawPointer?) -> Int32 =
    { _, _, _, _ in -1 }
