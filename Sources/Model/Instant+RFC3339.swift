extension Instant {
  /// The instant as RFC 3339 writes it, in UTC: `2026-11-23T07:00:00Z`.
  package var rfc3339: String {
    let (date, time) = Zone.utc.civil(self)
    guard (0...9999).contains(date.year) else { return "\(date)T\(time)Z" }
    // Two for every entry of every feed, so no text is put together from others.
    var text = [UInt8]("0000-00-00T00:00:00Z".utf8)
    text.put(date.year / 100, at: 0)
    text.put(date.year % 100, at: 2)
    text.put(date.month, at: 5)
    text.put(date.day, at: 8)
    text.put(time.hour, at: 11)
    text.put(time.minute, at: 14)
    text.put(time.second, at: 17)
    return String(decoding: text, as: UTF8.self)
  }

  /// Reads a date and time as people and programs write them.
  ///
  /// Accepted: RFC 3339 (`2026-11-20T07:30:00+01:00`, fractions are cut), the same with a space
  /// or without seconds, and a date alone, which is midnight. Without an offset the zone's clocks
  /// are meant. A leap second becomes the second before it.
  ///
  /// - Parameters:
  ///   - text: what was written, without white space around it.
  ///   - zone: whose clocks are meant where `text` has no offset.
  package init?(_ text: String, in zone: Zone) {
    let bytes = Array(text.utf8)
    guard let date = CivilDate(text.prefix(10)), bytes.count >= 10 else { return nil }
    guard bytes.count > 10 else {
      self = zone.instant(date)
      return
    }
    guard [UInt8(ascii: "T"), UInt8(ascii: "t"), UInt8(ascii: " ")].contains(bytes[10])
    else { return nil }
    let (clock, offset) = splitOffset(text.dropFirst(11))
    guard let time = parseClock(clock) else { return nil }
    if offset.isEmpty {
      self = zone.instant(date, time)
    } else if let seconds = parseOffset(offset) {
      self = Instant(
        seconds: Int64(date.daysSinceEpoch * 86_400 + time.secondsSinceMidnight - seconds)
      )
    } else {
      return nil
    }
  }
}

extension [UInt8] {
  /// Writes a number of two digits over two zeros.
  fileprivate mutating func put(_ number: Int, at place: Int) {
    self[place] += UInt8(number / 10)
    self[place + 1] += UInt8(number % 10)
  }
}

private func splitOffset(_ text: Substring) -> (clock: Substring, offset: Substring) {
  let start = text.firstIndex { "Zz+-".contains($0) } ?? text.endIndex
  var clock = text[..<start]
  while clock.last == " " { clock.removeLast() }
  return (clock, text[start...])
}

private func parseClock(_ text: Substring) -> CivilTime? {
  let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
  guard let clock = parts.first else { return nil }
  if parts.count == 2, Int(digits: parts[1]) == nil { return nil }
  if clock.hasSuffix(":60"), clock.count == 8 { return CivilTime(clock.dropLast(2) + "59") }
  return CivilTime(clock)
}

private func parseOffset(_ text: Substring) -> Int? {
  if text == "Z" || text == "z" { return 0 }
  let digits = text.dropFirst().filter { $0 != ":" }
  guard digits.count == 4, let number = Int(digits: digits), number / 100 < 24, number % 100 < 60
  else { return nil }
  let seconds = (number / 100 * 60 + number % 100) * 60
  return text.first == "-" ? -seconds : seconds
}
