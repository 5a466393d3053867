import Model

extension ForeignSubscriber {
  /// Reads a table that MailPoet exports as CSV, which has a person once for each of their lists.
  ///
  /// Read are, by their English names:
  ///
  /// - `Email`, `First name`, `Last name`.
  /// - `Global status`: `subscribed` and `inactive` (who has not opened anything for long) are
  ///   active; `unsubscribed` has left; `bounced` is dead; `unconfirmed` and others are left out.
  /// - `List status`: who is subscribed, but not to this row's list, is left out of this row.
  /// - `Confirmation time`, else `Subscription time`: the consent's date, from “mailpoet”. Without
  ///   either, `--consent` has to say.
  ///
  /// MailPoet sets an apostrophe before what a spreadsheet would take for a formula.
  init(mailpoet row: ForeignRow) {
    email = row["Email"].map(Self.withoutGuard)
    let names = [row["First name"], row["Last name"]].compactMap { $0 }
    name = names.isEmpty ? nil : names.map(Self.withoutGuard).joined(separator: " ")
    standing = Self.mailpoetStanding(row)
  }

  private static func mailpoetStanding(_ row: ForeignRow) -> Standing {
    let status = row["Global status"]?.lowercased() ?? "unknown"
    let listStatus = row["List status"]?.lowercased() ?? "subscribed"
    switch status {
    case "unsubscribed": return .suppressed(.left)
    case "bounced": return .suppressed(.dead)
    case "subscribed", "inactive":
      guard listStatus == "subscribed" else {
        return .leftOut("not on the list “\(row["List"] ?? "")” any more (\(listStatus))")
      }
      return .active(since: row["Confirmation time", "Subscription time"], source: "mailpoet")
    default: return .leftOut("not confirmed in MailPoet (\(status))")
    }
  }

  private static func withoutGuard(_ text: String) -> String {
    let isGuarded =
      text.hasPrefix("'") && text.dropFirst().first.map { "=+-@".contains($0) } == true
    return isGuarded ? String(text.dropFirst()) : text
  }
}
