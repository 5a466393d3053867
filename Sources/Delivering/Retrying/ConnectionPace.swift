/// How many connections a relay gets at a time: half as many when it asks for less, one more after
/// each minute without complaint.
struct ConnectionPace {
  private static let calm = Duration.seconds(60)
  /// Connections complain together; it is one complaint.
  private static let respite = Duration.seconds(5)

  private(set) var allowed: Int
  private let most: Int
  private var changed: ContinuousClock.Instant

  /// - Parameters:
  ///   - most: what the configuration allows.
  ///   - isCareful: whether to begin with one connection, as with a relay that failed last time.
  init(most: Int, isCareful: Bool, now: ContinuousClock.Instant) {
    self.most = most
    allowed = isCareful ? 1 : most
    changed = now
  }

  /// The relay asks for less.
  mutating func lower(_ now: ContinuousClock.Instant) {
    guard allowed == most || now - changed >= Self.respite else { return }
    allowed = max(1, allowed / 2)
    changed = now
  }

  /// The relay takes no more connections than these.
  mutating func limit(to count: Int, _ now: ContinuousClock.Instant) {
    allowed = max(1, min(allowed, count))
    changed = now
  }

  /// A message was taken.
  mutating func rise(_ now: ContinuousClock.Instant) {
    guard allowed < most, now - changed >= Self.calm else { return }
    allowed += 1
    changed = now
  }

  /// The relay that was tried with care is well.
  mutating func open(_ now: ContinuousClock.Instant) {
    allowed = most
    changed = now
  }
}
