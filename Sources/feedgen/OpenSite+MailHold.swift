import Model
import Store

extension OpenSite {
  /// What holds the site's mail; nil where it may go out, or there is none.
  ///
  /// Where a relay is set, a store that is not the one that sent last is noticed, and holds it from
  /// now on.
  func mailHold(asOf: Instant) throws -> MailHold? {
    guard site.mail != nil else { return nil }
    if var hold = try store.mailHold() {
      if hold.noticed == nil {
        hold.noticed = asOf
        try store.holdMail(hold)
      }
      return hold
    }
    guard configuration.relay != nil, let reason = try doubt() else { return nil }
    let hold = MailHold(reason, noticed: asOf)
    try store.holdMail(hold)
    return hold
  }

  /// Why this may not be the store that sent last.
  private func doubt() throws -> MailHold.Reason? {
    // The mark first: another run may be raising both, the store's count before it.
    guard let mark = SendingMark(beside: configuration.storePath) else {
      let hasSent = try store.sending().count > 0
      return hasSent && SendingMark(beside: configuration.storePath) == nil ? .unmarked : nil
    }
    let sending = try store.sending()
    if mark.count > sending.count { return .older }
    guard let sender = sending.machine, let machine = machineName(), sender != machine
    else { return nil }
    return .otherMachine
  }

  /// Notes, in the store and beside it, that messages are about to go out, or have.
  func noteSending(asOf: Instant) throws {
    // First of all, so that a store which says that it has sent never lacks it, wherever a run dies.
    if SendingMark(beside: configuration.storePath) == nil {
      try SendingMark(count: 0, asOf: asOf).write(beside: configuration.storePath)
    }
    let count = try store.noteSending(from: machineName())
    try SendingMark(count: count, asOf: asOf).write(beside: configuration.storePath)
  }

  /// Up to when messages may have gone out that this store does not know of.
  func lastUnknownSending(_ hold: MailHold) -> Instant {
    let noticed = hold.noticed ?? .now
    // A store that comes from another machine has left its mark there too, and that may have moved.
    guard hold.reason != .otherMachine, let mark = SendingMark(beside: configuration.storePath)
    else { return noticed }
    return mark.asOf
  }

  /// Lets mail go out again, as that of the store that sends from now on.
  func releaseMail(asOf: Instant) throws {
    let mark = SendingMark(beside: configuration.storePath)
    let count = max(try store.sending().count, mark?.count ?? 0) + 1
    try SendingMark(count: count, asOf: max(asOf, mark?.asOf ?? asOf))
      .write(beside: configuration.storePath)
    try store.releaseMail(as: SendingRecord(count: count, machine: machineName()))
  }
}

extension MailHold {
  /// How it ends.
  static let waysOut = [
    "  feedgen resume --already-sent   where issues went out: nobody gets them twice",
    "  feedgen resume --send           where nothing was sent: what waits goes out",
  ]

  /// Why no mail goes out, and what to do.
  var advice: String {
    ([reasonText] + MailHold.waysOut).joined(separator: "\n")
  }

  private var reasonText: String {
    let end = "no mail goes out until you say what was sent since:"
    switch reason {
    case .restored:
      return "the store is a backup" + (copied.map { " of \($0.rfc3339)" } ?? "") + "; \(end)"
    case .older:
      return "the store is older than the last messages that were sent with it; \(end)"
    case .unmarked:
      return
        "the store has sent before, and came here without its file .sent, so it may be a copy; "
        + end
    case .otherMachine:
      return "the store has sent from another machine, which may still do so; \(end)"
    }
  }
}
