import Model

/// The permanent base of a site's ids: `tag:veille.example.org,2026:` (RFC 4151).
enum TagURI {
  /// What is wrong with an id; nil where it is good.
  ///
  /// RFC 4151 §2.1 compares ids letter by letter, so an id in capitals would be another one to
  /// whoever writes it again. Its date is a day on which the site had the name; a day to come
  /// cannot be that.
  static func fault(in text: String, asOf today: CivilDate) -> String? {
    guard text.utf8.allSatisfy({ (0x21...0x7e).contains($0) && !(65...90).contains($0) }) else {
      return "it is written in ASCII without capitals and spaces"
    }
    guard let (authority, date) = parts(of: text) else {
      return "its form is tag:HOST,YEAR: with a host of yours and a year in which you had it"
    }
    guard isAuthority(authority) else {
      return "“\(authority)” is neither the name of a host nor an address"
    }
    guard let day = firstDay(of: date), day.year >= 1985 else {
      return "“\(date)” is no date"
    }
    return day > today ? "its date, \(date), is still to come" : nil
  }

  private static func parts(of text: String) -> (authority: Substring, date: Substring)? {
    guard text.hasPrefix("tag:"), let last = text.last, last == ":" || last == "/" else {
      return nil
    }
    let fields = text.dropFirst(4).split(
      separator: ":",
      maxSplits: 1,
      omittingEmptySubsequences: false
    )
    let entity = fields[0].split(separator: ",", omittingEmptySubsequences: false)
    return fields.count == 2 && entity.count == 2 ? (entity[0], entity[1]) : nil
  }

  private static func isAuthority(_ authority: Substring) -> Bool {
    isHostName(authority) && authority.contains(".") || EmailAddress(String(authority)) != nil
  }

  /// The first day of `2026`, `2026-11` or `2026-11-23`.
  private static func firstDay(of date: Substring) -> CivilDate? {
    switch date.utf8.count {
    case 4: CivilDate("\(date)-01-01")
    case 7: CivilDate("\(date)-01")
    default: CivilDate(date)
    }
  }
}
