/// Writes numbers in such a way that only the holder of a key can have written them.
///
/// A token is the key's number, the number itself and a code over both, in lower-case base 32: safe
/// in addresses and subjects, where case may be folded, and at most 40 characters long.
package struct SignedNumbers: Sendable {
  package static let longestToken = 40

  private let purpose: [UInt8]
  private let keys: TokenKeys

  /// - Parameters:
  ///   - purpose: a token for one thing is none for another.
  package init(for purpose: String, keys: TokenKeys) {
    self.purpose = Array(purpose.utf8) + [0]
    self.keys = keys
  }

  /// The token of a number.
  ///
  /// - Parameter context: must be given again when the token is read.
  package func token(for number: Int64, context: String = "") -> String {
    let value = [keys.number] + digits(number)
    return (value + (code(value, context) ?? [])).base32
  }

  /// The number that a token claims, which ``verify(_:context:)`` has yet to confirm.
  package func claimedNumber(_ token: some StringProtocol) -> Int64? { parts(token)?.number }

  /// The number of a token that was written with one of the keys for this purpose; nil for any
  /// other.
  package func verify(_ token: some StringProtocol, context: String = "") -> Int64? {
    guard let (value, number, code) = parts(token), value.dropFirst() == digits(number)[...],
      let expected = self.code(value, context), areEqual(code, expected)
    else { return nil }
    return number
  }

  private func parts(
    _ token: some StringProtocol
  ) -> (value: [UInt8], number: Int64, code: [UInt8])? {
    guard token.utf8.count <= Self.longestToken, let bytes = [UInt8](base32: token) else {
      return nil
    }
    let value = Array(bytes.dropLast(TokenKeys.codeLength))
    guard (2...9).contains(value.count) else { return nil }
    let number = value.dropFirst().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return Int64(exactly: number).map { (value, $0, Array(bytes.suffix(TokenKeys.codeLength))) }
  }

  /// The number without leading zeros.
  private func digits(_ number: Int64) -> [UInt8] {
    precondition(number >= 0, "no token for a number below zero")
    let highest = max(0, 63 - number.leadingZeroBitCount) / 8
    return (0...highest).reversed().map { UInt8(truncatingIfNeeded: number >> (8 * Int64($0))) }
  }

  private func code(_ value: [UInt8], _ context: String) -> [UInt8]? {
    keys.code(over: purpose + [UInt8(value.count)] + value + Array(context.utf8), key: value[0])
  }
}
