import Model
import Synchronization

/// How often may be asked: a bucket of tokens for each network, and one for all.
///
/// Nothing of it is stored, and a network that has not asked for long is forgotten.
final class RequestRate: Sendable {
  private struct Bucket {
    var tokens: Double
    var filled: Instant
  }

  private struct State {
    var networks: [IPNetwork: Bucket] = [:]
    var total: Bucket?
  }

  private static let mostNetworks = 10_000

  private let limits: ReaderSettings.Limits
  private let state = Mutex(State())

  init(_ limits: ReaderSettings.Limits) {
    self.limits = limits
  }

  /// Takes a token; false where there is none.
  func allows(_ client: IPAddress?, now: Instant) -> Bool {
    state.withLock { state in
      var total = state.total ?? Bucket(tokens: Double(limits.totalBurst), filled: now)
      fill(&total, limits.totalBurst, limits.totalPause, now)
      // Who is not known shares one bucket.
      let network = client?.neighbourhood ?? IPNetwork("0.0.0.0/0")
      guard let network, total.tokens >= 1 else { return false }
      if state.networks.count >= Self.mostNetworks { forget(&state, now) }
      var own = state.networks[network] ?? Bucket(tokens: Double(limits.networkBurst), filled: now)
      fill(&own, limits.networkBurst, limits.networkPause, now)
      let isAllowed = own.tokens >= 1
      if isAllowed {
        own.tokens -= 1
        total.tokens -= 1
      }
      state.networks[network] = own
      state.total = total
      return isAllowed
    }
  }

  private func fill(_ bucket: inout Bucket, _ most: Int, _ pause: Interval, _ now: Instant) {
    let passed = Double(max(0, now.since(bucket.filled).seconds))
    bucket.tokens = min(Double(most), bucket.tokens + passed / Double(pause.seconds))
    bucket.filled = now
  }

  /// Drops the networks whose buckets are full again; all, where none is.
  private func forget(_ state: inout State, _ now: Instant) {
    let full = limits.networkPause.seconds * Int64(limits.networkBurst)
    state.networks = state.networks.filter { now.since($0.value.filled).seconds < full }
    if state.networks.count >= Self.mostNetworks { state.networks = [:] }
  }
}
