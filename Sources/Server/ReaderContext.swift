import Hummingbird
import NIOCore

/// What is known of a request beside its bytes.
struct ReaderContext: InitializableFromSource {
  /// The other end of the connection: a reader, or a proxy.
  let peer: IPAddress?

  init(source: ApplicationRequestContextSource) {
    peer = source.channel.remoteAddress?.ipAddress.flatMap { IPAddress($0) }
  }

  init(peer: IPAddress?) {
    self.peer = peer
  }

  /// Who asks: where a trusted proxy says for whom, the last one that is no such proxy.
  ///
  /// What stands before that anybody could have written.
  func client(forwardedFor field: String?, trusting proxies: [IPNetwork]) -> IPAddress? {
    var client = peer
    for name in (field ?? "").split(separator: ",").reversed() {
      guard let current = client, proxies.contains(where: { $0.contains(current) }),
        let next = IPAddress(name.drop { $0 == " " }.prefix { $0 != " " })
      else { break }
      client = next
    }
    return client
  }
}
