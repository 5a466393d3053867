package import Cryptography

/// What lets a subscriber leave by mail, from whatever address they write: a token that only we can
/// have made, in the subject.
///
/// It names the person and not the address, and never expires: a message may be old.
package struct LeaveTokens: Sendable {
  private let numbers: SignedNumbers

  package init(keys: TokenKeys) {
    numbers = SignedNumbers(for: "leave", keys: keys)
  }

  package func token(for subscriber: Int64) -> String { numbers.token(for: subscriber) }

  /// The subscriber whose token it is; nil where it is none of ours.
  package func subscriber(of token: String) -> Int64? { numbers.verify(token) }
}
