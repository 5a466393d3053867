import Cryptography
import TestSupport
import Testing

@Suite struct SigningKeyTests {
  private let digest = SHA256.hash("abc")

  @Test(arguments: SignatureAlgorithm.allCases)
  func `what a new key signs, its public half verifies, and nobody else's`(
    algorithm: SignatureAlgorithm
  ) throws {
    let key = try SigningKey.make(algorithm)
    let signature = key.sign(digest: digest)
    #expect(signature.count == key.signatureLength)
    #expect(key.sign(digest: digest) == signature, "signatures are the same every time")
    let bytes = key.publicKey.bytes
    let publicKey = try #require(PublicKey(algorithm, bytes: bytes))
    #expect(publicKey.bytes == bytes)
    #expect(publicKey.verifies(signature, digest: digest))
    #expect(!publicKey.verifies(signature, digest: SHA256.hash("abd")))
    #expect(!publicKey.verifies(Array(signature.dropLast()), digest: digest))
    #expect(!publicKey.verifies([], digest: digest))
    #expect(try !SigningKey.make(algorithm).publicKey.verifies(signature, digest: digest))
    #expect(try SigningKey(pem: key.pem).publicKey.bytes == bytes)
  }

  /// RFC 8032 §7.1, test 1: the public half of a secret key.
  @Test func `an Ed25519 key has the public half of RFC 8032`() throws {
    let key = try SigningKey(
      pem: ed25519PEM(seed: "nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=")
    )
    #expect(
      key.publicKey.bytes.hexadecimal
        == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    )
  }

  @Test(arguments: [
    ["genrsa", "-traditional", "2048"], ["genpkey", "-algorithm", "ed25519"],
    ["genpkey", "-algorithm", "rsa", "-pkeyopt", "rsa_keygen_bits:1024"],
  ])
  func `keys that openssl makes are read`(arguments: [String]) throws {
    let key = try SigningKey(pem: try openssl(arguments))
    #expect(key.publicKey.verifies(key.sign(digest: digest), digest: digest))
  }

  @Test func `keys that cannot serve are told apart`() throws {
    #expect(throws: SigningKeyError.tooShort(bits: 512)) {
      try SigningKey(pem: try openssl(["genrsa", "512"]))
    }
    #expect(throws: SigningKeyError.tooLong(bits: 4104)) {
      try SigningKey(pem: try openssl(["genrsa", "4104"]))
    }
    #expect(throws: SigningKeyError.otherKind("EC")) {
      let curve = ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"]
      _ = try SigningKey(pem: try openssl(["genpkey"] + curve))
    }
    #expect(throws: SigningKeyError.unreadable) {
      try SigningKey(pem: try openssl(["genrsa", "-aes128", "-passout", "pass:geheim", "2048"]))
    }
    for text in ["", "no key", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"] {
      #expect(throws: SigningKeyError.unreadable) { try SigningKey(pem: Array(text.utf8)) }
    }
  }

  @Test func `a damaged key is found before it signs`() throws {
    let pem = String(decoding: try openssl(["genrsa", "-traditional", "2048"]), as: UTF8.self)
    var lines = pem.split(separator: "\n")
    var bytes = try #require([UInt8](base64: lines[1..<lines.count - 1].joined()))
    // In the private exponent, and in that for the first prime; the lengths around them stay.
    for index in Array(300..<500) + Array(820..<900) { bytes[index] ^= 0x55 }
    lines[1..<lines.count - 1] = [Substring(bytes.base64)]
    let damaged = wrapped(lines.map(String.init))
    #expect(throws: SigningKeyError.damaged) { try SigningKey(pem: damaged) }
  }

  private func wrapped(_ lines: [String]) -> [UInt8] {
    let text = lines.flatMap { line in
      stride(from: 0, to: line.utf8.count, by: 64).map {
        String(decoding: Array(line.utf8)[$0...].prefix(64), as: UTF8.self)
      }
    }
    return Array((text.joined(separator: "\n") + "\n").utf8)
  }

  private func openssl(_ arguments: [String]) throws -> [UInt8] {
    let (status, output) = try runProgram("openssl", arguments)
    try #require(status == 0)
    return Array(output.utf8)
  }

  /// A secret key as PKCS #8 wraps it (RFC 8410 §7).
  private func ed25519PEM(seed: String) throws -> [UInt8] {
    let head: [UInt8] = [
      0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04,
      0x20,
    ]
    let bytes = try head + #require([UInt8](base64: seed))
    return Array(
      "-----BEGIN PRIVATE KEY-----\n\(bytes.base64)\n-----END PRIVATE KEY-----\n".utf8
    )
  }
}

@Suite struct Base64Tests {
  /// RFC 4648 §10.
  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
    ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
  ])
  func `base 64 is RFC 4648's`(text: String, encoded: String) {
    #expect(Array(text.utf8).base64 == encoded)
    #expect([UInt8](base64: encoded) == Array(text.utf8))
  }

  @Test func `all bytes come back`() {
    let bytes = (0...255).map { UInt8($0) }
    for count in 0...256 {
      let part = Array(bytes.prefix(count))
      #expect([UInt8](base64: part.base64) == part)
    }
  }

  @Test(arguments: ["Z", "Zg", "Zg=", "=Zg=", "Z===", "Zm9v====", "Zm 9", "Zm-v", "Zg=a"])
  func `anything else is refused`(text: String) {
    #expect([UInt8](base64: text) == nil)
  }
}
