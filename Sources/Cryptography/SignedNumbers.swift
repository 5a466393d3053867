/// Writes numbers in such a way that only the holder of a key can have written them.
///
/// A token is the key's number, the number itself and a code over both, in lower-case base 32: safe
/// in addresses and subjects, where case may be folded, and at most 40 characters long.
package struct SignedNumbers: Sendable {
  package static let longestToken = 40
  private static let codeLength = 16

  private let purpose: [UInt8]
  private let key: [UInt8]
  private let keyNumber: UInt8

  /// - Parameters:
  ///   - purpose: a token for one thing is none for another.
  ///   - keyNumber: which of a site's keys it is; a later one gets the next.
  package init(for purpose: String, key: [UInt8], keyNumber: UInt8) {
    self.purpose = Array(purpose.utf8) + [0]
    self.key = key
    self.keyNumber = keyNumber
  }

  /// The token of a number.
  ///
  /// - Parameter context: must be given again when the token is read.
  package func token(for number: Int64, context: String = "") -> String {
    let value = value(number)
    return (value + code(value, context)).base32
  }

  /// The number that a token claims, which ``verify(_:context:)`` has yet to confirm.
  package func claimedNumber(_ token: some StringProtocol) -> Int64? {
    guard token.utf8.count <= Self.longestToken, let bytes = [UInt8](base32: token),
      (Self.codeLength + 2...Self.codeLength + 9).contains(bytes.count), bytes[0] == keyNumber
    else { return nil }
    let digits = bytes.dropLast(Self.codeLength).dropFirst()
    let number = digits.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return Int64(exactly: number)
  }

  /// The number of a token that was written with this key for this purpose; nil for any other.
  package func verify(_ token: some StringProtocol, context: String = "") -> Int64? {
    guard let number = claimedNumber(token), let bytes = [UInt8](base32: token) else { return nil }
    let value = value(number)
    return isSame(bytes, value + code(value, context)) ? number : nil
  }

  /// The key's number, and the number without leading zeros.
  private func value(_ number: Int64) -> [UInt8] {
    precondition(number >= 0, "no token for a number below zero")
    var bytes = [keyNumber]
    var shift = max(0, 63 - number.leadingZeroBitCount) / 8 * 8
    while shift >= 0 {
      bytes.append(UInt8(truncatingIfNeeded: number >> Int64(shift)))
      shift -= 8
    }
    return bytes
  }

  private func code(_ value: [UInt8], _ context: String) -> ArraySlice<UInt8> {
    hmacSHA256(key: key, purpose + [UInt8(value.count)] + value + Array(context.utf8))
      .prefix(Self.codeLength)
  }
}

/// Compares in a time that does not tell where the first difference is.
private func isSame(_ left: [UInt8], _ right: [UInt8]) -> Bool {
  left.count == right.count && zip(left, right).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
}
