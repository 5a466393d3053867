/// A point in time, in whole seconds since 1970-01-01T00:00:00Z.
package struct Instant: Hashable, Sendable {
  package let seconds: Int64

  package init(seconds: Int64) {
    self.seconds = seconds
  }

  package func advanced(by interval: Interval) -> Instant {
    Instant(seconds: seconds + interval.seconds)
  }

  package func since(_ earlier: Instant) -> Interval {
    Interval(seconds: seconds - earlier.seconds)
  }
}

extension Instant: Comparable {
  package static func < (left: Instant, right: Instant) -> Bool {
    left.seconds < right.seconds
  }
}

/// A length of time, in seconds.
package struct Interval: Hashable, Comparable, Sendable {
  package let seconds: Int64

  package init(seconds: Int64) {
    self.seconds = seconds
  }

  package static func minutes(_ count: Int64) -> Interval { Interval(seconds: count * 60) }
  package static func hours(_ count: Int64) -> Interval { Interval(seconds: count * 3600) }
  package static func days(_ count: Int64) -> Interval { Interval(seconds: count * 86_400) }

  package static func < (left: Interval, right: Interval) -> Bool {
    left.seconds < right.seconds
  }
}
