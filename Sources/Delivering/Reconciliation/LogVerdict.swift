package import Model
package import Store

/// What a relay's log proves of a delivery whose reply was lost.
package enum LogVerdict: Equatable, Sendable {
  /// The relay has it.
  case accepted(queueID: String, at: Instant)
  /// The relay never had it.
  case notAccepted
  /// Neither is proven.
  case open(Doubt)

  /// Why a log proves nothing.
  package enum Doubt: Equatable, Sendable {
    /// It began to come in, and what became of it is not there.
    case begun(queueID: String)
    /// The log does not reach far enough back or ahead.
    case outside(ClosedRange<Instant>)
    /// Nobody spoke to the server at that time, so another one was spoken to, or a part is missing.
    case silent(ClosedRange<Instant>)
    /// None of the messages that were taken at that time is there either.
    case stranger
    /// It is not known when it was tried.
    case undated
  }
}

/// Judges deliveries by a log.
///
/// That a message was taken is proven by a line. That it was not is proven by its absence only where
/// the log holds all that the relay did at that time: it begins before the first try and ends
/// behind the last, with room for clocks that differ and for a relay that is slow to say what it
/// did; clients spoke to the server then; and it shows other messages of ours that were taken, so
/// that it is the log of the relay that was used.
package struct LogJudge {
  /// The room on either side.
  package static let margin = Interval.minutes(10)

  let log: RelayLog
  /// Whether somebody vouches that it is the whole log of the relay that was used.
  let isVouchedFor: Bool

  package init(_ log: RelayLog, isVouchedFor: Bool) {
    self.log = log
    self.isVouchedFor = isVouchedFor
  }

  /// - Parameters:
  ///   - name: the local part of its Message-ID.
  ///   - witnesses: those of messages that the same relay took at that time.
  package func verdict(
    on delivery: OpenDelivery,
    named name: String,
    witnesses: () throws -> [String]
  ) rethrows -> LogVerdict {
    switch log.sightings[name] {
    case .accepted(let queueID, let instant): return .accepted(queueID: queueID, at: instant)
    case .begun(let queueID): return .open(.begun(queueID: queueID))
    case .refused, nil: break
    }
    guard let tried = delivery.tried else { return .open(.undated) }
    let range = tried.widened(by: Self.margin)
    guard let span = log.span, span.contains(range.lowerBound), span.contains(range.upperBound)
    else { return .open(.outside(range)) }
    guard log.isBusy(in: tried.widened(by: .minutes(1))) else { return .open(.silent(tried)) }
    return try isVouchedFor || hasAny(of: witnesses()) ? .notAccepted : .open(.stranger)
  }

  private func hasAny(of names: [String]) -> Bool {
    names.contains { name in
      if case .accepted = log.sightings[name] { true } else { false }
    }
  }
}

extension ClosedRange<Instant> {
  fileprivate func widened(by margin: Interval) -> ClosedRange<Instant> {
    lowerBound.advanced(by: Interval(seconds: -margin.seconds))...upperBound.advanced(by: margin)
  }
}
