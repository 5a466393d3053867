internal import Cryptography
package import Model

/// What messages are known by, made in a way that only the holder of the key can.
package struct MessageNames: Sendable {
  private let key: [UInt8]

  package init(key: [UInt8]) {
    self.key = key
  }

  /// The part of a Message-ID before the @: the same on every try.
  package func messageID(of issue: IssueName, for subscriber: Int64) -> String {
    name("\(issue)\0\(subscriber)")
  }

  func boundary(of issue: IssueName, for subscriber: Int64) -> String {
    "=_" + name("boundary\0\(issue)\0\(subscriber)")
  }

  /// 26 characters: 130 bits.
  private func name(_ text: String) -> String {
    String(hmacSHA256(key: key, Array(text.utf8)).base32.prefix(26))
  }
}
