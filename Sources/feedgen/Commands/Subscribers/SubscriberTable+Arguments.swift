import ArgumentParser
import Model

extension SubscriberTable.Row {
  /// The arguments of a command as a row of a table, so that both are checked by the same rules.
  init(
    _ fields: [SubscriberTable.Column: String],
    named command: String,
    of site: Site
  ) throws {
    let fields = fields.sorted { $0.key.rawValue < $1.key.rawValue }
    let text =
      SubscriberTable.line(fields.map(\.key.rawValue)) + SubscriberTable.line(fields.map(\.value))
    let table = SubscriberTable(path: command, site: site, now: .now)
    var pieces = [Array(text.utf8), []][...]
    var row: SubscriberTable.Row?
    try table.read(pieces: { pieces.removeFirst() }) { row = try $0.get() }
    guard let row else { throw ValidationError("No address was given.") }
    guard site.serves(row.subscriber.cadence) else {
      throw ValidationError("--cadence: this site has no \(row.subscriber.cadence) digest.")
    }
    self = row
  }
}
