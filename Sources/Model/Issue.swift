/// One edition of a digest, named by its digest and its slot's date.
package struct IssueName: Hashable, Sendable, CustomStringConvertible {
  package var digest: String
  package var date: CivilDate

  package init(digest: String, date: CivilDate) {
    self.digest = digest
    self.date = date
  }

  package var description: String { "\(digest)/\(date)" }

  /// Reads what ``description`` wrote; nil for anything else.
  package init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let date = CivilDate(String(parts[1])) else { return nil }
    self.init(digest: String(parts[0]), date: date)
  }
}

/// An issue that went out while a subscriber had paused.
package struct MissedIssue: Hashable, Sendable {
  package var name: IssueName
  /// The last release that it was about.
  package var through: Int64

  package init(name: IssueName, through: Int64) {
    self.name = name
    self.through = through
  }
}

/// The half-open range of releases `(after, through]` that an issue is about.
package struct ReleaseRange: Hashable, Sendable {
  package var after: Int64
  package var through: Int64

  package init(after: Int64, through: Int64) {
    self.after = after
    self.through = through
  }
}
