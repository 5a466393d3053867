/// What the holder of a link may do: signed, so that nothing needs to be stored.
///
/// Its text is base 64 for addresses of: the number of the key, the purpose, the subscriber's key,
/// the expiry, the scope, and the first 128 bits of an HMAC-SHA-256 over all of that.
package struct AccessToken: Hashable, Sendable {
  /// What it is good for; a token for one purpose is none for another.
  package enum Purpose: UInt8, Sendable {
    /// To leave.
    case leave = 1
    /// To see and change what was chosen.
    case preferences = 2
    /// To send a form that was shown a moment ago.
    case form = 3
    /// To decide about an issue.
    case issue = 4
    /// To get what is stored about a subscriber.
    case data = 5
    /// To have all of that erased.
    case erase = 6
    /// To give another address.
    case move = 7
    /// To be written to at another address.
    case arrive = 8
  }

  package var purpose: Purpose
  /// The store's key of a subscriber; 0 where it is about nobody.
  package var subscriber: Int64
  /// What it is about beside that: a topic's slug, the name of an issue, an address.
  package var scope: String?
  /// Seconds since 1970; nil for a link that works as long as its key is kept.
  package var expiry: Int64?

  package init(
    _ purpose: Purpose,
    subscriber: Int64 = 0,
    scope: String? = nil,
    expiry: Int64? = nil
  ) {
    self.purpose = purpose
    self.subscriber = subscriber
    self.scope = scope
    self.expiry = expiry
  }

  private static let headLength = 18
  /// No code over a token is one over anything else.
  private static let domain = Array("token\0".utf8)
  /// More no token has.
  private static let longest = 512

  /// The token's text.
  package func signed(with keys: TokenKeys) -> String {
    let bytes =
      [keys.number, purpose.rawValue] + subscriber.bytes + (expiry ?? 0).bytes
      + Array((scope ?? "").utf8)
    return (bytes + (keys.code(over: Self.domain + bytes, key: keys.number) ?? [])).base64URL
  }

  /// Reads a token that one of the keys has signed, for this purpose and not expired; nil for any
  /// other text.
  package init?(
    _ text: some StringProtocol,
    for purpose: Purpose,
    signedWith keys: TokenKeys,
    now: Int64
  ) {
    guard text.utf8.count <= Self.longest, let bytes = [UInt8](base64URL: text),
      bytes.count >= Self.headLength + TokenKeys.codeLength
    else { return nil }
    let signed = Array(bytes.dropLast(TokenKeys.codeLength))
    guard let tag = keys.code(over: Self.domain + signed, key: signed[0]),
      areEqual(tag, Array(bytes.suffix(TokenKeys.codeLength))), signed[1] == purpose.rawValue
    else { return nil }
    let expiry = Int64(bytes: signed[10..<18])
    guard expiry == 0 || now < expiry else { return nil }
    let scope = String(decoding: signed[Self.headLength...], as: UTF8.self)
    self.init(
      purpose,
      subscriber: Int64(bytes: signed[2..<10]),
      scope: scope.isEmpty ? nil : scope,
      expiry: expiry == 0 ? nil : expiry
    )
  }
}

extension Int64 {
  /// Eight bytes, the highest first.
  fileprivate var bytes: [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: self >> (56 - 8 * Int64($0))) }
  }

  fileprivate init(bytes: some Sequence<UInt8>) {
    self = bytes.reduce(0) { $0 << 8 | Int64($1) }
  }
}
