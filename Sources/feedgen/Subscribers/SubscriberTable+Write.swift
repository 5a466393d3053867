import Model

extension SubscriberTable {
  /// The header line of a table with all columns.
  static let header = line(Column.allCases.map(\.rawValue))

  /// A row as this table reads it.
  static func line(for row: Row) -> String {
    let subscriber = row.subscriber
    var (status, consent): (String, Consent?) = ("active", nil)
    switch row.standing {
    case .active(let given): consent = given
    case .suppressed(let reason): status = reason.rawValue
    case .leftOut: status = "unconfirmed"
    }
    return line([
      subscriber.address.description,
      subscriber.name ?? "",
      subscriber.topics.map(\.text).joined(separator: ";"),
      subscriber.language.tag,
      subscriber.cadence.rawValue,
      status,
      consent?.given.rfc3339 ?? "",
      consent?.source ?? "",
    ])
  }

  /// Fields, quoted where RFC 4180 §2 asks for it, with CRLF at the end.
  static func line(_ fields: [String]) -> String {
    fields.map(quoted).joined(separator: ",") + "\r\n"
  }

  /// A field with white space at an end is quoted too, although reading trims it: others keep it.
  private static func quoted(_ field: String) -> String {
    let special = field.utf8.contains { [0x22, 0x2C, 0x0A, 0x0D, 0x3B].contains($0) }
    guard special || field.hasPrefix(" ") || field.hasSuffix(" ") else { return field }
    let doubled = field.split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\"\"")
    return "\"\(doubled)\""
  }
}
