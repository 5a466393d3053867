package import Model

/// What a Postfix log shows of some messages, read in pieces and never kept.
package struct RelayLog: Sendable {
  /// How far the log follows a message.
  package enum Sighting: Equatable, Sendable {
    /// It began to come in.
    case begun(queueID: String)
    /// Its content was refused.
    case refused(queueID: String)
    /// It was taken.
    case accepted(queueID: String, at: Instant)
  }

  /// Longer lines are no lines of a log.
  private static let longestLine = 65_536

  /// The instants of the first and the last line.
  package private(set) var span: ClosedRange<Instant>?
  /// By the local parts of Message-IDs.
  package private(set) var sightings: [String: Sighting] = [:]
  private let wanted: Set<String>
  private var stamps: LogStampReader
  private var queueIDs: [String: String] = [:]
  /// The minutes in which a client spoke to the server.
  private var busyMinutes: Set<Int64> = []
  private var rest: [UInt8] = []

  /// - Parameters:
  ///   - wanted: the local parts of the Message-IDs to look for.
  package init(wanted: Set<String>, stamps: LogStampReader) {
    self.wanted = wanted
    self.stamps = stamps
  }

  /// Whether there was any line of a mail server's in it.
  package var isPostfix: Bool { !busyMinutes.isEmpty || !sightings.isEmpty }

  /// Whether a client spoke to the server in a range of time.
  package func isBusy(in range: ClosedRange<Instant>) -> Bool {
    (range.lowerBound.minute...range.upperBound.minute).contains { busyMinutes.contains($0) }
  }

  /// Reads the next bytes.
  package mutating func read(_ bytes: [UInt8]) {
    var buffer = rest
    buffer += bytes
    let span = buffer.span
    var start = 0
    while let end = span.firstIndex(of: UInt8(ascii: "\n"), from: start) {
      readLine(span.extracting(start..<end))
      start = end + 1
    }
    rest = buffer.count - start > RelayLog.longestLine ? [] : Array(buffer[start...])
  }

  /// Reads the last line where nothing ends it; another file may follow.
  package mutating func endFile() {
    let line = rest
    rest = []
    readLine(line.span)
  }

  private mutating func readLine(_ line: Span<UInt8>) {
    guard let (instant, end) = stamps.stamp(of: line) else { return }
    span = min(span?.lowerBound ?? instant, instant)...max(span?.upperBound ?? instant, instant)
    guard let fact = PostfixLogLine(line.extracting(end...)) else { return }
    take(fact, at: instant)
  }

  private mutating func take(_ line: PostfixLogLine, at instant: Instant) {
    switch line {
    case .client: busyMinutes.insert(instant.minute)
    case .messageID(let id, let queueID): begin(id, as: queueID)
    case .refused(let queueID):
      if let id = queueIDs[queueID] { note(.refused(queueID: queueID), of: id) }
    case .active(let queueID):
      if let id = queueIDs[queueID] { note(.accepted(queueID: queueID, at: instant), of: id) }
    case .removed(let queueID): queueIDs[queueID] = nil
    }
  }

  /// A queue id is given anew when its message has gone.
  private mutating func begin(_ id: String, as queueID: String) {
    let name = String(id.prefix { $0 != "@" })
    guard wanted.contains(name) else {
      queueIDs[queueID] = nil
      return
    }
    queueIDs[queueID] = name
    note(.begun(queueID: queueID), of: name)
  }

  /// Once taken, taken for good: whatever becomes of a second copy.
  private mutating func note(_ sighting: Sighting, of name: String) {
    if case .accepted = sightings[name] { return }
    sightings[name] = sighting
  }
}

extension Instant {
  fileprivate var minute: Int64 { seconds / 60 }
}
