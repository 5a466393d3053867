import Model

extension ForeignSubscriber {
  /// Reads a table that listmonk exports.
  ///
  /// Read are:
  ///
  /// - `email`, `name`.
  /// - `status`: `enabled` is active; `disabled` is suppressed by hand; `blocklisted` must never be
  ///   written to; others are left out.
  /// - `created_at`: the consent's date, from “listmonk” and what `--consent` says. Whether somebody
  ///   has confirmed is a matter of their lists, which the table does not have: only those who have
  ///   are to be exported, and `--consent` vouches for it.
  init(listmonk row: ForeignRow, consent: String?) {
    email = row["email"]
    name = row["name"]
    switch row["status"]?.lowercased() ?? "unknown" {
    case "enabled":
      let date = row["created_at"].map(Self.withoutZoneName)
      standing = .active(since: date, source: "listmonk: \(consent ?? "")")
    case "disabled": standing = .suppressed(.byHand)
    case "blocklisted": standing = .suppressed(.never)
    case let status: standing = .leftOut("no subscriber in listmonk (\(status))")
    }
  }

  /// `2023-05-03 10:11:12.123456 +0530` of the same with ` IST` behind it, as Go writes times.
  private static func withoutZoneName(_ time: String) -> String {
    time.split(separator: " ").prefix(3).joined(separator: " ")
  }
}
