internal import Cryptography
package import Model
import Store

/// When to try again what could not be handed over.
package struct RetrySchedule: Sendable {
  /// Most greylists let a message pass after one to five minutes (RFC 6647 §2.1).
  private static let waits: [Interval] = [.minutes(5), .minutes(15), .minutes(45), .hours(2)]
  private static let longestWait = Interval.hours(4)
  /// What a server that hid its reply needs to finish, before a second copy goes out.
  private static let uncertainWait = Interval.minutes(15)

  private let repeatsUncertain: Bool

  /// - Parameter repeatsUncertain: whether a message goes out once more that may have arrived.
  package init(repeatsUncertain: Bool = true) {
    self.repeatsUncertain = repeatsUncertain
  }

  /// How long to wait after a try, the first being 1; nil for an outcome that is the last.
  ///
  /// Up to a fifth is added or taken off, so that what failed together does not come back
  /// together; the same delivery and try always get the same.
  package func wait(
    after outcome: DeliveryOutcome,
    delivery: Int64,
    attempt: Int
  ) -> Interval? {
    switch outcome {
    case .deferred:
      let index = max(1, attempt) - 1
      let wait = index < Self.waits.count ? Self.waits[index] : Self.longestWait
      return jittered(wait, seed: "\(delivery) \(attempt)")
    case .uncertain: return repeatsUncertain ? Self.uncertainWait : nil
    case .accepted, .rejected, .previewed, .untouched: return nil
    }
  }

  /// An outcome with the time of the next try.
  func settlement(of claim: ClaimKey, _ outcome: DeliveryOutcome, now: Instant) -> Settlement {
    let wait = wait(after: outcome, delivery: claim.delivery, attempt: claim.attempt)
    return Settlement(
      delivery: claim.delivery,
      outcome: outcome,
      notBefore: wait.map { now.advanced(by: $0) }
    )
  }

  private func jittered(_ wait: Interval, seed: String) -> Interval {
    let drawn = SHA256.hash(seed).prefix(4).reduce(0) { $0 << 8 | Int64($1) }
    let permille = drawn % 401 - 200
    return Interval(seconds: wait.seconds + wait.seconds * permille / 1000)
  }
}
