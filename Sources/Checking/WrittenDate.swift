import Model

/// A date as a document has it, and the instant that it means.
struct WrittenDate: Equatable {
  var text: String
  /// Nil where it is not written as the format wants it.
  var instant: Instant?

  /// Takes a date that should be RFC 3339's: with an offset, without a leap second.
  init(rfc3339 text: String) {
    self.text = text
    let offset = text.utf8.dropFirst(19)
    let hasForm =
      isForm("0000-00-00T00:00:00", of: text.utf8.prefix(19))
      && !text.utf8.suffix(4).starts(with: ":60Z".utf8)
      && (isForm("Z", of: offset) || isForm("+00:00", of: offset) || isForm("-00:00", of: offset))
    instant = hasForm ? Instant(text, in: .utc) : nil
  }

  /// Takes a date that should be RFC 822's, with a year of four digits, and on the right weekday.
  init(rfc822 text: String) {
    self.text = text
    instant = Instant(rfc822: text.split(separator: " ").map(String.init))
  }
}

extension Instant {
  fileprivate init?(rfc822 fields: [String]) {
    guard fields.count == 6, isForm("0000", of: fields[3].utf8),
      let day = Int(fields[1]), let year = Int(fields[3]),
      let month = months.firstIndex(of: fields[2]),
      let date = CivilDate(year: year, month: month + 1, day: day),
      fields[0] == "\(weekdays[Weekday.allCases.firstIndex(of: date.weekday) ?? 0]),"
    else { return nil }
    let zone = fields[5] == "GMT" ? "+0000" : fields[5]
    guard isForm("00:00:00", of: fields[4].utf8),
      isForm("+0000", of: zone.utf8) || isForm("-0000", of: zone.utf8)
    else { return nil }
    self.init("\(date)T\(fields[4])\(zone)", in: .utc)
  }
}

/// Whether a text is another in which `0` stands for any digit.
private func isForm(_ form: String, of text: some Collection<UInt8>) -> Bool {
  let zero = UInt8(ascii: "0")
  return form.utf8.count == text.count
    && zip(form.utf8, text).allSatisfy { form, byte in
      form == zero ? (zero...zero + 9).contains(byte) : form == byte
    }
}

private let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
private let months = [
  "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
]
