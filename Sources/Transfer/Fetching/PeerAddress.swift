internal import CCurl
internal import Glibc

/// An address of the Internet that a socket is to be connected to.
struct PeerAddress: Equatable, CustomStringConvertible {
  /// Four or sixteen.
  let bytes: [UInt8]

  init?(_ text: String) {
    guard let bytes = parsed(text) else { return nil }
    self.bytes = bytes
  }

  /// Takes what libcurl is about to connect to; nil for what is no address of the Internet.
  init?(_ socket: UnsafePointer<curl_sockaddr>) {
    let start = unsafe UnsafeRawPointer(socket) + addressOffset
    switch unsafe socket.pointee.family {
    case AF_INET:
      let place = unsafe start.loadUnaligned(as: sockaddr_in.self).sin_addr
      bytes = unsafe withUnsafeBytes(of: place) { unsafe Array($0) }
    case AF_INET6:
      let place = unsafe start.loadUnaligned(as: sockaddr_in6.self).sin6_addr
      bytes = unsafe withUnsafeBytes(of: place) { unsafe Array($0) }
    default: return nil
    }
  }

  /// Whether it belongs to the open Internet, by IANA's registries of special-purpose addresses.
  ///
  /// What is tunnelled or translated to IPv4 would reach any address through a gateway nearby, so
  /// only the two forms whose IPv4 address can be judged are: mapped, and NAT64's well-known prefix.
  var isPublic: Bool {
    if bytes.count == 4 { return !isIn(specialIPv4) }
    if isIn(embeddingIPv4), let inner = PeerAddress(Array(bytes.suffix(4))) {
      return inner.isPublic
    }
    return isIn(globalUnicast) && !isIn(specialIPv6)
  }

  var description: String {
    var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    let family = bytes.count == 4 ? AF_INET : AF_INET6
    unsafe inet_ntop(family, bytes, &text, socklen_t(text.count))
    return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  private init?(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  private func isIn(_ networks: [Network]) -> Bool {
    networks.contains { $0.contains(bytes) }
  }
}

/// The addresses that begin with the same bits.
private struct Network {
  private let bytes: [UInt8]
  private let prefix: Int

  /// Reads `10.0.0.0/8`; only what stands in this file is read.
  init(_ text: String) {
    let parts = text.split(separator: "/")
    guard parts.count == 2, let bytes = parsed(String(parts[0])), let prefix = Int(parts[1])
    else { preconditionFailure("\(text) is no network") }
    (self.bytes, self.prefix) = (bytes, prefix)
  }

  func contains(_ address: [UInt8]) -> Bool {
    guard address.count == bytes.count else { return false }
    let whole = prefix / 8
    guard address.prefix(whole) == bytes.prefix(whole), prefix % 8 > 0
    else { return address.prefix(whole) == bytes.prefix(whole) }
    return (address[whole] ^ bytes[whole]) >> UInt8(8 - prefix % 8) == 0
  }
}

private let specialIPv4 = [
  "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
  "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",
  "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
].map(Network.init)

private let globalUnicast = [Network("2000::/3")]

private let embeddingIPv4 = ["::ffff:0:0/96", "64:ff9b::/96"].map(Network.init)

/// Protocols (Teredo among them), documentation and 6to4, of the global unicast range.
private let specialIPv6 = ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"].map(Network.init)

private let addressOffset: Int = {
  guard let offset = MemoryLayout<curl_sockaddr>.offset(of: \.addr)
  else { preconditionFailure("curl_sockaddr has no address") }
  return offset
}()

private func parsed(_ text: String) -> [UInt8]? {
  var bytes = [UInt8](repeating: 0, count: 16)
  if unsafe inet_pton(AF_INET, text, &bytes) == 1 { return Array(bytes.prefix(4)) }
  return unsafe inet_pton(AF_INET6, text, &bytes) == 1 ? bytes : nil
}
