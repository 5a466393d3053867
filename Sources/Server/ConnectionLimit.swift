import NIOCore
import NIOHTTPTypes
import Synchronization

/// How many connections each address has.
final class ConnectionCounts: Sendable {
  private let most: Int
  /// Who may have any number: what hands on the requests of many.
  private let exempt: [IPNetwork]
  private let counts = Mutex<[IPAddress: Int]>([:])

  init(atMost most: Int, exempt proxies: [IPNetwork]) {
    self.most = most
    exempt = proxies + ["127.0.0.0/8", "::1"].compactMap { IPNetwork($0) }
  }

  /// Counts a connection; false where it is one too many.
  func add(_ address: IPAddress) -> Bool {
    guard !exempt.contains(where: { $0.contains(address) }) else { return true }
    return counts.withLock { counts in
      counts[address, default: 0] += 1
      return counts[address, default: 0] <= most
    }
  }

  func remove(_ address: IPAddress) {
    counts.withLock { counts in
      guard let count = counts[address] else { return }
      counts[address] = count > 1 ? count - 1 : nil
    }
  }
}

/// Closes connections of an address that has more than it may have.
final class ConnectionLimit: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart

  private let counts: ConnectionCounts
  private var address: IPAddress?

  init(_ counts: ConnectionCounts) {
    self.counts = counts
  }

  func handlerAdded(context: ChannelHandlerContext) {
    address = context.channel.remoteAddress?.ipAddress.flatMap { IPAddress($0) }
    guard let address, !counts.add(address) else { return }
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) {
    release()
    context.fireChannelInactive()
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    release()
  }

  private func release() {
    if let address { counts.remove(address) }
    address = nil
  }
}
