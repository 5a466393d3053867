import Model

extension BackupShelf {
  /// A backup that is older is worth a word.
  private static let longestAge = Interval.days(7)

  /// How old the newest backup is; nil where there is none, which may be somebody else's care.
  func check(asOf now: Instant) -> CheckResult? {
    guard let newest = backups.last else { return nil }
    let age = now.since(newest.date)
    let hours = age.seconds / 3600
    let words = hours < 48 ? "\(hours) hours" : "\(hours / 24) days"
    return CheckResult(
      "backup",
      note: "\(newest.path), \(words) old",
      remarks: age > BackupShelf.longestAge
        ? ["the newest backup is \(words) old; run “feedgen backup”"] : []
    )
  }
}
