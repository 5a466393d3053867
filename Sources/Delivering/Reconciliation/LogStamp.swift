package import Model

/// Reads the instants at which lines of a log begin.
///
/// Understood are syslog's old stamps (`Nov 23 08:00:01`), which have neither year nor zone, and those
/// of RFC 3339, with fractions and with the offset as `journalctl -o short-iso` writes it (`+0100`).
package struct LogStampReader: Sendable {
  /// The clocks that old stamps show.
  private let zone: Zone
  /// No line is from later than a day after this: an old stamp's year is the latest that fits.
  private let now: Instant
  private var lastText: [UInt8] = []
  private var lastStamp: Instant?

  package init(zone: Zone, now: Instant) {
    self.zone = zone
    self.now = now
  }

  /// The instant at the beginning of a line, and where the rest begins; nil where there is none.
  package mutating func stamp(of line: Span<UInt8>) -> (instant: Instant, end: Int)? {
    guard let end = stampEnd(line) else { return nil }
    // Most lines are of the second of the line before.
    if line.extracting(..<end).isEqual(to: lastText), let lastStamp { return (lastStamp, end) }
    lastText = (0..<end).map { line[$0] }
    lastStamp = instant(String(decoding: lastText, as: UTF8.self))
    return lastStamp.map { ($0, end) }
  }

  /// Where the stamp ends: an old one has 15 characters, another one no space.
  private func stampEnd(_ line: Span<UInt8>) -> Int? {
    guard line.count > 16 else { return nil }
    if !isDigit(line[0]) { return line[15] == space ? 15 : nil }
    return (16..<min(line.count, 40)).first { line[$0] == space }
  }

  private func instant(_ text: String) -> Instant? {
    text.utf8.first.map(isDigit) == true ? Instant(text, in: zone) : oldStamp(text)
  }

  private func oldStamp(_ text: String) -> Instant? {
    let words = text.split(separator: " ")
    guard words.count == 3, let month = months.firstIndex(of: words[0]).map({ $0 + 1 }),
      let day = Int(words[1]), let time = CivilTime(words[2])
    else { return nil }
    let latest = now.advanced(by: .days(1))
    let year = zone.civil(latest).date.year
    // Eight years: a 29 February may lie that far back.
    return (0...8).lazy.compactMap { CivilDate(year: year - $0, month: month, day: day) }
      .map { zone.instant($0, time) }.first { $0 <= latest }
  }
}

private let space = UInt8(ascii: " ")
private let months: [Substring] = [
  "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
]

private func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

extension Span<UInt8> {
  func isEqual(to bytes: [UInt8]) -> Bool {
    guard count == bytes.count else { return false }
    for index in 0..<count where self[index] != bytes[index] { return false }
    return true
  }
}
