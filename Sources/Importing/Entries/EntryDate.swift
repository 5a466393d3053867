package import Model

extension Instant {
  /// Reads the date of an entry as feeds write it: RFC 3339, or RFC 5322 §3.3 with the habits of
  /// the web (`Thu, 5 Nov 26 8:00 CET`, no seconds, names of days and months in other languages).
  ///
  /// Years before 1000 are what programs write for no date.
  ///
  /// - Parameter zone: whose clocks are meant where none are named.
  package init?(entryDate text: String, in zone: Zone) {
    guard text.utf8.count <= 200 else { return nil }
    let text = singleSpaced(withoutComment(text))
    if let instant = Instant(text, in: zone) {
      self = instant
    } else if let date = WrittenDate(text) {
      self = date.instant(in: zone)
    } else {
      return nil
    }
    guard zone.civil(self).date.year >= 1000 else { return nil }
  }
}

/// A date in the order of RFC 5322, day, month, year, time, zone; or in that of C's asctime, `Thu
/// Nov  5 07:00:00 2026`.
private struct WrittenDate {
  private let date: CivilDate
  /// 24:00 is the end of the day, so it is no time of a day.
  private let secondsSinceMidnight: Int
  /// Seconds ahead of UTC; nil where no zone is named.
  private let offset: Int?

  init?(_ text: String) {
    var words = words(of: text)
    guard let number = words.prefix(3).firstIndex(where: { Int($0) != nil }) else { return nil }
    let name = words[..<number].last
    words.removeFirst(number)
    let isAsctime = words.count > 2 && month(words[1]) == nil
    if isAsctime, let name {
      words.insert(name, at: 1)
      if words.count > 3 { words.swapAt(2, 3) }
    }
    guard words.count >= 3, let day = Int(words[0]), let month = month(words[1]),
      let year = year(words[2]), let date = CivilDate(year: year, month: month, day: day),
      let seconds = words.count > 3 ? seconds(ofClock: words[3]) : 0
    else { return nil }
    self.date = date
    secondsSinceMidnight = seconds
    // HTTP's asctime is UTC (RFC 9110 §5.6.7).
    offset = words.count > 4 ? zoneOffset(words[4]) : isAsctime ? 0 : nil
  }

  func instant(in zone: Zone) -> Instant {
    let local = Int64(date.daysSinceEpoch * 86_400 + secondsSinceMidnight)
    guard let offset else {
      let (date, time) = Zone.utc.civil(Instant(seconds: local))
      return zone.instant(date, time)
    }
    return Instant(seconds: local - Int64(offset))
  }
}

/// Without what stands in brackets at its end: `(heure de Paris)`.
private func withoutComment(_ text: String) -> Substring {
  text.utf8.firstIndex(of: UInt8(ascii: "(")).map { text[..<$0] } ?? text[...]
}

private func singleSpaced(_ text: Substring) -> String {
  text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
}

/// The words of a date; RFC 850 writes day, month and year as one, `05-Nov-26`.
private func words(of text: String) -> [Substring] {
  text.split { $0 == " " || $0 == "," }.flatMap { word in
    let parts = word.split(separator: "-")
    return parts.count == 3 && month(parts[1]) != nil ? parts : [word]
  }
}

/// By the first letters of its name, in the languages of which servers are known to write dates.
private func month(_ word: Substring) -> Int? {
  let name = String(word.prefix(4)).lowercased()
  let folded = name.map { accents[$0] ?? $0 }
  return months[String(folded)] ?? months[String(folded.prefix(3))]
}

private let accents: [Character: Character] = ["é": "e", "û": "u", "ä": "a", "ç": "c"]

/// English, French, Spanish, Portuguese, Italian, German.
private let months = [
  "jan": 1, "ene": 1, "gen": 1, "feb": 2, "fev": 2, "mar": 3, "apr": 4, "avr": 4, "abr": 4,
  "may": 5, "mai": 5, "mag": 5, "jun": 6, "juin": 6, "giu": 6, "jul": 7, "juil": 7, "lug": 7,
  "aug": 8, "aou": 8, "ago": 8, "sep": 9, "set": 9, "oct": 10, "okt": 10, "out": 10, "ott": 10,
  "nov": 11, "dec": 12, "dez": 12, "dic": 12,
]

/// Two digits are of this century, or of the last (RFC 5322 §4.3).
private func year(_ word: Substring) -> Int? {
  guard let number = Int(word), number >= 0 else { return nil }
  switch word.utf8.count {
  case 2: return number + (number < 50 ? 2000 : 1900)
  case 3: return number + 1900
  case 4: return number
  default: return nil
  }
}

private func seconds(ofClock clock: Substring) -> Int? {
  let parts = clock.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
  guard (2...3).contains(parts.count), let hour = parts[0], let minute = parts[1],
    let second = parts.count == 3 ? parts[2] : 0, (0...60).contains(second)
  else { return nil }
  if hour == 24, minute == 0, second == 0 { return 86_400 }
  // A leap second is the second before it.
  return CivilTime(hour: hour, minute: minute, second: min(second, 59))?.secondsSinceMidnight
}

/// Seconds ahead of UTC; names that nobody knows are UTC (RFC 5322 §4.3).
private func zoneOffset(_ word: Substring) -> Int? {
  guard word.first == "+" || word.first == "-" else {
    return (namedZones[word.uppercased()] ?? 0) * 3600
  }
  let digits = word.dropFirst().filter { $0 != ":" }
  guard digits.count == 4, let number = Int(digits), number / 100 < 24, number % 100 < 60
  else { return nil }
  let seconds = (number / 100 * 60 + number % 100) * 60
  return word.first == "-" ? -seconds : seconds
}

/// In hours ahead of UTC: those of RFC 5322 §4.3, which win over others of the same name, and what
/// European servers write.
private let namedZones = [
  "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
  "WEST": 1, "BST": 1, "CET": 1, "CEST": 2, "MET": 1, "MEST": 2, "EET": 2, "EEST": 3, "MSK": 3,
]
