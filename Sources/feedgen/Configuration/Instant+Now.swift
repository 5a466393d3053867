import Foundation
import Model

extension Instant {
  /// The machine's clock.
  ///
  /// Only the program itself asks it; everything below gets an instant.
  static var now: Instant {
    Instant(seconds: Int64(Date().timeIntervalSince1970.rounded(.down)))
  }
}
