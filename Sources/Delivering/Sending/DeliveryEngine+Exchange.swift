import Model
import Store

extension DeliveryEngine {
  /// A claim covers so many messages of each connection at most.
  private static var mostOfConnection: Int { 50 }
  /// A transaction with more rows would keep others from writing for too long.
  private static var mostClaims: Int { 500 }
  /// What ended is settled, and what will be sent is claimed, for so long.
  private static var period: Duration { .seconds(2) }

  /// Tells the queue what ended, and claims what is next, where either is due.
  func exchangeIfDue(_ now: ContinuousClock.Instant) {
    guard supply.failure == nil, !supply.isExchanging else { return }
    let wanting = isEnding || !supply.mayHaveMore ? 0 : wanting(now)
    let isOverdue = now - lastExchange >= Self.period || settled.count >= Self.mostClaims
    guard wanting > 0 || !settled.isEmpty && (isOverdue || lanes.isEmpty) else { return }
    supply.exchange(settled, wanting: wanting)
    settled = []
    lastExchange = now
  }

  /// How many to claim: what is sent in two seconds at the rate of late; 0 while enough are at hand.
  private func wanting(_ now: ContinuousClock.Instant) -> Int {
    guard isTrusted else { return supply.waiting == 0 && lanes.allSatisfy(\.isIdle) ? 1 : 0 }
    let share = min(pace.allowed * Self.mostOfConnection, Self.mostClaims)
    let elapsed = max(0.05, (now - lastExchange) / .seconds(1))
    let rate = Double(settled.count) / elapsed
    let target = min(share, max(4 * pace.allowed, Int(2 * rate)))
    return supply.waiting <= target / 2 ? max(0, target - supply.waiting) : 0
  }
}
