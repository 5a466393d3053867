import Model

extension ForeignSubscriber {
  /// Reads the files of an exported Mailchimp audience.
  ///
  /// There is one for subscribed, one for unsubscribed and one for cleaned contacts (and one for
  /// those who never subscribed, all of whom are left out unless they have a CONFIRM_TIME: do not
  /// import it). Read are:
  ///
  /// - `Email Address`; `First Name` and `Last Name`, or their merge tags `FNAME` and `LNAME`.
  /// - `CLEAN_TIME`: filled where the address bounced for good; dead.
  /// - `UNSUB_TIME`, `UNSUB_REASON`: filled where the person left; complaint where the reason speaks
  ///   of abuse or spam, else left.
  /// - `Status`, which files of segments have: `cleaned` and `unsubscribed` as above; others than
  ///   `subscribed` are left out.
  /// - `CONFIRM_TIME`: when the address was confirmed, and so the consent's date, from “mailchimp”.
  ///   Who has none is left out.
  init(mailchimp row: ForeignRow) {
    email = row["Email Address"]
    let names = [row["First Name", "FNAME"], row["Last Name", "LNAME"]].compactMap { $0 }
    name = names.isEmpty ? nil : names.joined(separator: " ")
    standing = Self.mailchimpStanding(row)
  }

  private static func mailchimpStanding(_ row: ForeignRow) -> Standing {
    let status = row["Status"]?.lowercased() ?? "subscribed"
    if row["CLEAN_TIME"] != nil || status == "cleaned" { return .suppressed(.dead) }
    if row["UNSUB_TIME"] != nil || status == "unsubscribed" {
      let reason = row["UNSUB_REASON"]?.lowercased() ?? ""
      let isComplaint = reason.contains("abuse") || reason.contains("spam")
      return .suppressed(isComplaint ? .complaint : .left)
    }
    guard status == "subscribed" else { return .leftOut("no subscriber in Mailchimp (\(status))") }
    guard let confirmed = row["CONFIRM_TIME"] else {
      return .leftOut("not confirmed in Mailchimp (no CONFIRM_TIME)")
    }
    return .active(since: confirmed, source: "mailchimp")
  }
}
