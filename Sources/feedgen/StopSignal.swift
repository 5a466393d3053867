import Glibc
import Synchronization

/// Whether the program was asked to stop, by SIGTERM or SIGINT.
enum StopSignal {
  private static let received = Atomic(false)

  static var isReceived: Bool { received.load(ordering: .relaxed) }

  /// From now on the first of these signals asks, and a second one ends the program at once.
  static func listen() {
    _ = isReceived  // Made before a handler could need it.
    signal(SIGPIPE, SIG_IGN)
    for number in [SIGTERM, SIGINT] {
      signal(number) { number in
        StopSignal.received.store(true, ordering: .relaxed)
        signal(number, SIG_DFL)
      }
    }
  }
}
