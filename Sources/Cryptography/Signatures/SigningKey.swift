internal import CCrypto

/// A private key, and the signatures that only its holder can make.
@safe
package final class SigningKey: Sendable {
  package let algorithm: SignatureAlgorithm
  /// The public half.
  package let publicKey: PublicKey
  private let handle: KeyHandle

  /// Reads a key in PEM (PKCS#8, or PKCS#1 for RSA), which must not need a passphrase.
  package convenience init(pem: [UInt8]) throws(SigningKeyError) {
    guard let handle = KeyHandle(pem: pem) else { throw .unreadable }
    try self.init(handle)
  }

  /// Makes a new key; nobody has the same.
  ///
  /// - Parameter bits: the length of an RSA key.
  package static func make(
    _ algorithm: SignatureAlgorithm,
    bits: Int = 2048
  ) throws(SigningKeyError) -> SigningKey {
    try SigningKey(KeyHandle(making: algorithm, bits: bits))
  }

  private init(_ handle: KeyHandle) throws(SigningKeyError) {
    algorithm = try handle.usableAlgorithm()
    self.handle = handle
    publicKey = PublicKey(handle, algorithm)
    // A damaged key may still be read: what it signs does not verify.
    let digest = SHA256.hash("")
    guard let signature = handle.signature(of: digest, algorithm),
      publicKey.verifies(signature, digest: digest)
    else { throw .damaged }
  }

  /// The key in PEM (PKCS#8), without a passphrase.
  package var pem: [UInt8] { handle.pem }

  /// Signs a SHA-256 digest; the same digest always gets the same signature.
  ///
  /// For RSA as in PKCS #1 v1.5; Ed25519 takes the digest for its message (RFC 8463 §3).
  package func sign(digest: [UInt8]) -> [UInt8] {
    guard let signature = handle.signature(of: digest, algorithm)
    else { fatalError("libcrypto cannot sign with a key that has signed") }
    return signature
  }

  /// The length of every signature, in bytes.
  package var signatureLength: Int { unsafe Int(EVP_PKEY_get_size(handle.pointer)) }

  /// The length of the key: an RSA key's modulus.
  package var bits: Int { handle.bits }
}

/// The kinds of signatures that DKIM knows (RFC 6376 §3.3, RFC 8463).
package enum SignatureAlgorithm: String, CaseIterable, Sendable {
  case rsa, ed25519
}

/// Why a file holds no key that can sign.
package enum SigningKeyError: Error, Equatable {
  /// It is not a private key in PEM, or needs a passphrase.
  case unreadable
  /// Its parts do not fit together.
  case damaged
  /// It is for another kind of signature.
  case otherKind(String)
  case tooShort(bits: Int)
  /// Who verifies need not take it.
  case tooLong(bits: Int)
}

extension SigningKey {
  /// What everyone who verifies takes (RFC 8301 §3.2).
  package static let rsaBits = 1024...4096
  /// What signers should have (RFC 8301 §3.2).
  package static let recommendedRSABits = 2048
}

extension KeyHandle {
  fileprivate func usableAlgorithm() throws(SigningKeyError) -> SignatureAlgorithm {
    switch unsafe EVP_PKEY_get_base_id(pointer) {
    case EVP_PKEY_ED25519: return .ed25519
    case EVP_PKEY_RSA:
      if bits < SigningKey.rsaBits.lowerBound { throw .tooShort(bits: bits) }
      if bits > SigningKey.rsaBits.upperBound { throw .tooLong(bits: bits) }
      return .rsa
    default: throw .otherKind(kindName)
    }
  }

  fileprivate func signature(of digest: [UInt8], _ algorithm: SignatureAlgorithm) -> [UInt8]? {
    switch algorithm {
    case .rsa: rsaSignature(of: digest)
    case .ed25519: ed25519Signature(of: digest)
    }
  }
}
