import ArgumentParser
import Model

extension Zone {
  /// The instant that `--as-of` names; without it, the clock's.
  func pretended(_ text: String?) throws -> Instant {
    guard let text else { return .now }
    guard let instant = Instant(text, in: self) else {
      throw ValidationError("--as-of: “\(text)” is no date; write 2026-11-23T08:05:00.")
    }
    return instant
  }
}
