import Delivering

/// How far a run has come with its messages, in words for who looks on.
final class DeliveryProgress {
  private static let pause = Duration.milliseconds(200)

  private let total: Int
  private let start = ContinuousClock.now
  private var said: ContinuousClock.Instant

  /// - Parameter total: the messages that wait.
  init(total: Int) {
    self.total = total
    said = start - Self.pause
  }

  /// For instance `messages: 1200 of 20000, 410 a second, 46 s left`; nil where something was said a
  /// moment ago.
  func line(_ report: DeliveryReport) -> String? {
    let now = ContinuousClock.now
    guard now - said >= Self.pause else { return nil }
    said = now
    let rate = Double(report.total) / max(0.001, (now - start) / .seconds(1))
    guard report.total > 0, rate >= 0.1 else { return "messages: \(report.total) of \(total)" }
    let rest = Double(max(0, total - report.total)) / rate
    return "messages: \(report.total) of \(total), \(Int(rate.rounded(.up))) a second, "
      + "\(Self.words(rest)) left"
  }

  private static func words(_ seconds: Double) -> String {
    seconds < 120 ? "\(Int(seconds)) s" : "\(Int(seconds / 60)) min"
  }
}
