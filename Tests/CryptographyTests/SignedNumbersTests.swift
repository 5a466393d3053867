import Testing
import TestSupport

@testable import Cryptography

@Suite struct SignedNumbersTests {
  private let numbers = SignedNumbers(for: "test", keys: TokenKeys([1: [1, 2, 3]]))

  @Test(arguments: [0, 1, 255, 256, 65_535, 65_536, 1 << 40, Int64.max])
  func `a number comes back from its token, in any case`(number: Int64) {
    let token = numbers.token(for: number, context: "a@b.example")
    #expect(token.utf8.count <= SignedNumbers.longestToken)
    #expect(token.utf8.allSatisfy { (97...122).contains($0) || (50...55).contains($0) })
    #expect(numbers.verify(token, context: "a@b.example") == number)
    #expect(numbers.verify(token.uppercased(), context: "a@b.example") == number)
    #expect(numbers.claimedNumber(token) == number)
  }

  @Test func `a token for another purpose, key, number or context is none`() {
    let token = numbers.token(for: 7, context: "a@b.example")
    let others = [
      SignedNumbers(for: "other", keys: TokenKeys([1: [1, 2, 3]])),
      SignedNumbers(for: "test", keys: TokenKeys([1: [1, 2, 4]])),
      SignedNumbers(for: "test", keys: TokenKeys([2: [1, 2, 3]])),
    ]
    #expect(others.allSatisfy { $0.verify(token, context: "a@b.example") == nil })
    #expect(numbers.verify(token, context: "c@b.example") == nil)
    #expect(numbers.verify(token) == nil)
  }

  @Test func `tokens of an earlier key are understood as long as it is kept`() {
    let token = numbers.token(for: 7)
    let both = SignedNumbers(for: "test", keys: TokenKeys([1: [1, 2, 3], 2: [9]]))
    #expect(both.verify(token) == 7)
    #expect(both.token(for: 7) != token && both.verify(both.token(for: 7)) == 7)
    #expect(numbers.verify(both.token(for: 7)) == nil)
  }

  @Test func `no changed and no made-up token is accepted`() {
    var random = SeededGenerator()
    let token = Array(numbers.token(for: 123_456).utf8)
    let alphabet = Array("abcdefghijklmnopqrstuvwxyz234567".utf8)
    for _ in 0..<1000 {
      var forged = token
      forged[Int.random(in: token.indices, using: &random)] = alphabet.randomElement(
        using: &random
      )!
      let text = String(decoding: forged, as: UTF8.self)
      if forged != token { #expect(numbers.verify(text) == nil) }
      let length = Int.random(in: 0..<60, using: &random)
      let made = (0..<length).map { _ in UInt8.random(in: 33...126, using: &random) }
      #expect(numbers.verify(String(decoding: made, as: UTF8.self)) == nil)
    }
  }

  @Test func `base 32 is read as it is written, and nothing else is`() {
    for length in 0..<40 {
      let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 * 37) }
      #expect([UInt8](base32: bytes.base32) == bytes)
    }
    for wrong in ["a", "aaa", "ab", "a1", "aé", "aa="] {
      #expect([UInt8](base32: wrong) == nil, "\(wrong)")
    }
  }
}
