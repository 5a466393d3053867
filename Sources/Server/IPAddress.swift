import Glibc

/// An address of the Internet; one of version 4 that is written as one of version 6 is of version 4.
package struct IPAddress: Hashable, Sendable {
  /// Four or sixteen.
  let bytes: [UInt8]

  package init?(_ text: some StringProtocol) {
    let text = String(text.prefix(64))
    guard let bytes = parsed(text, AF_INET, 4) ?? parsed(text, AF_INET6, 16) else { return nil }
    let mapped: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff]
    self.bytes = bytes.starts(with: mapped) ? Array(bytes.dropFirst(12)) : bytes
  }

  /// The network of one customer: /24, or /56 of version 6.
  var neighbourhood: IPNetwork { IPNetwork(self, prefix: bytes.count == 4 ? 24 : 56) }
}

/// The addresses that begin with the same bits.
package struct IPNetwork: Hashable, Sendable {
  private let bytes: [UInt8]
  private let prefix: Int

  fileprivate init(_ address: IPAddress, prefix: Int) {
    self.prefix = prefix
    bytes = masked(address.bytes, prefix)
  }

  /// Reads `10.0.0.0/8`, or an address alone.
  package init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard let first = parts.first, parts.count <= 2, let address = IPAddress(first)
    else { return nil }
    let most = address.bytes.count * 8
    guard let prefix = parts.count == 2 ? Int(parts[1]) : most, (0...most).contains(prefix)
    else { return nil }
    self.init(address, prefix: prefix)
  }

  package func contains(_ address: IPAddress) -> Bool {
    address.bytes.count == bytes.count && masked(address.bytes, prefix) == bytes
  }
}

private func masked(_ bytes: [UInt8], _ prefix: Int) -> [UInt8] {
  bytes.enumerated().map { place, byte in
    let kept = min(8, max(0, prefix - 8 * place))
    return byte & UInt8(truncatingIfNeeded: 0xff00 >> kept)
  }
}

private func parsed(_ text: String, _ family: Int32, _ length: Int) -> [UInt8]? {
  var bytes = [UInt8](repeating: 0, count: length)
  return unsafe inet_pton(family, text, &bytes) == 1 ? bytes : nil
}
