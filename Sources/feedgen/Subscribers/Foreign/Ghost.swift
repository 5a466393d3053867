import Model

extension ForeignSubscriber {
  /// Reads the members that Ghost exports.
  ///
  /// Read are:
  ///
  /// - `email`, `name`.
  /// - `deleted_at`: who was deleted is left out.
  /// - `subscribed_to_emails`: `true` is active; `false` has left; others are left out. A member has
  ///   come in by a link that was mailed to them, or was brought in by who runs the site.
  /// - `created_at`: the consent's date, from “ghost”.
  ///
  /// Ghost does not export whose address is dead or who complained: a relay says that again.
  init(ghost row: ForeignRow) {
    email = row["email"]
    name = row["name"]
    switch row["subscribed_to_emails"]?.lowercased() {
    case _ where row["deleted_at"] != nil: standing = .leftOut("deleted in Ghost")
    case "true": standing = .active(since: row["created_at"], source: "ghost")
    case "false": standing = .suppressed(.left)
    case let other:
      let value = other ?? "empty"
      standing = .leftOut("no subscriber in Ghost (subscribed_to_emails is \(value))")
    }
  }
}
