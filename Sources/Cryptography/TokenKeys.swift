/// The keys that tokens are signed with: the latest signs, and older ones are still understood.
package struct TokenKeys: Sendable {
  private let keys: [UInt8: [UInt8]]
  private let current: UInt8

  /// - Parameter keys: by their numbers; at least one.
  package init(_ keys: [UInt8: [UInt8]]) {
    precondition(!keys.isEmpty, "tokens need a key")
    self.keys = keys
    current = keys.keys.max() ?? 0
  }

  /// The number of the key that signs.
  package var number: UInt8 { current }

  /// The first 128 bits of an HMAC-SHA-256; nil where there is no such key.
  func code(over bytes: [UInt8], key number: UInt8) -> [UInt8]? {
    keys[number].map { Array(hmacSHA256(key: $0, bytes).prefix(Self.codeLength)) }
  }

  static let codeLength = 16
}
