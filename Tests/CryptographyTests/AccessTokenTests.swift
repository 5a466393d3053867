import TestSupport
import Testing

@testable import Cryptography

@Suite struct AccessTokenTests {
  private let keys = TokenKeys([1: Array(repeating: 1, count: 32)])
  private let token = AccessToken(.leave, subscriber: 42, scope: "bielorussie", expiry: 2_000)

  private func read(
    _ text: String,
    for purpose: AccessToken.Purpose = .leave,
    _ keys: TokenKeys? = nil,
    now: Int64 = 1_000
  ) -> AccessToken? {
    AccessToken(text, for: purpose, signedWith: keys ?? self.keys, now: now)
  }

  @Test func `a token comes back as it was signed`() {
    #expect(read(token.signed(with: keys)) == token)
    let plain = AccessToken(.preferences, subscriber: .max)
    #expect(read(plain.signed(with: keys), for: .preferences, now: .max) == plain)
    #expect(plain.signed(with: keys).utf8.count == 46, "short enough for a header's line")
  }

  @Test func `a token is good for its purpose, and until its expiry`() {
    let text = token.signed(with: keys)
    #expect(read(text, for: .preferences) == nil)
    #expect(read(text, for: .form) == nil)
    #expect(read(text, now: 1_999) != nil)
    #expect(read(text, now: 2_000) == nil)
  }

  @Test func `an older key is understood, and a key that is gone is not`() {
    let second = Array<UInt8>(repeating: 2, count: 32)
    let rotated = TokenKeys([1: Array(repeating: 1, count: 32), 2: second])
    let old = token.signed(with: keys)
    #expect(read(old, rotated) == token)
    let new = token.signed(with: rotated)
    #expect(new != old)
    #expect(read(new, rotated) == token)
    #expect(read(new, keys) == nil)
    #expect(read(old, TokenKeys([1: second])) == nil, "another site's key of the same number")
  }

  @Test func `no bit can be changed, nothing cut or added`() {
    let text = token.signed(with: keys)
    let bytes = [UInt8](base64URL: text)!
    for bit in 0..<(bytes.count * 8) {
      var changed = bytes
      changed[bit / 8] ^= 1 << (bit % 8)
      #expect(read(changed.base64URL) == nil, "bit \(bit)")
    }
    for length in 0..<text.count { #expect(read(String(text.prefix(length))) == nil) }
    for more in ["A", "=", "==", "\0", "é", " ", "\r\n", text] { #expect(read(text + more) == nil) }
    #expect(read(String(repeating: "A", count: 100_000)) == nil)
  }

  @Test func `random texts are no tokens`() {
    for _ in 0..<10_000 { #expect(read(randomBytes(34).base64URL) == nil) }
  }

  @Test func `bytes have one text for addresses`() {
    #expect([UInt8]([0xfb, 0xff]).base64URL == "-_8")
    #expect([UInt8](base64URL: "-_8") == [0xfb, 0xff])
    #expect([UInt8](base64URL: "-_9") == nil, "bits that mean nothing")
    #expect([UInt8](base64URL: "+/8") == nil)
  }
}
