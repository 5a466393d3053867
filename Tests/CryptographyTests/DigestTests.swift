import Cryptography
import Testing

@Suite struct DigestTests {
  /// From FIPS 180-4's examples.
  @Test func `the digest of abc is the standard's`() {
    let digest = SHA256.hash("abc").hexadecimal
    #expect(digest == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }

  @Test func `pieces give the digest of the whole`() {
    var digest = SHA256()
    digest.update(Array("a".utf8).span)
    digest.update(Array("bc".utf8).span)
    let pieces = digest.finish()
    #expect(pieces == SHA256.hash("abc"))
  }

  /// RFC 4231 §4.3.
  @Test func `a code is RFC 4231's`() {
    let code = hmacSHA256(key: Array("Jefe".utf8), Array("what do ya want for nothing?".utf8))
    #expect(
      code.hexadecimal == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    )
  }

  /// RFC 4648 §10, in lower case and without padding.
  @Test(arguments: [
    ("", ""), ("f", "my"), ("fo", "mzxq"), ("foo", "mzxw6"), ("foob", "mzxw6yq"),
    ("fooba", "mzxw6ytb"), ("foobar", "mzxw6ytboi"),
  ])
  func `base 32 is RFC 4648's`(text: String, encoded: String) {
    #expect(Array(text.utf8).base32 == encoded)
  }
}

@Suite struct ChecksumTests {
  /// As `xxh128sum` prints them.
  @Test(arguments: [
    ("", "99aa06d3014798d86001c324468d497f"), ("abc", "06b05ab6733a618578af5f94892f3950"),
  ])
  func `checksums are those of xxHash`(text: String, digits: String) {
    #expect(Checksum.of(Array(text.utf8)).hexadecimal == digits)
  }

  @Test func `pieces give the same as the whole`() {
    var checksum = Checksum()
    checksum.update(Array("a".utf8).span)
    checksum.update(Array("bc".utf8).span)
    #expect(checksum.digest() == Checksum.of(Array("abc".utf8)))
  }
}
