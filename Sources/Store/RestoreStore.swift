package import Model

/// Why no mail goes out of a site until a person has said what was sent.
package struct MailHold: Equatable, Sendable {
  package enum Reason: String, Sendable {
    /// The store comes from a backup: what was sent since is not in it.
    case restored
    /// Beside it is noted that more was sent than it knows of.
    case older
    /// It has sent, and what is noted beside the store of a site that has sent is not there.
    case unmarked
    /// It has sent from another machine.
    case otherMachine = "other-machine"
  }

  package var reason: Reason
  /// When the copy was made, where that is known.
  package var copied: Instant?
  /// When somebody first wanted to send; nil in a backup that nobody has used.
  package var noticed: Instant?

  package init(_ reason: Reason, copied: Instant? = nil, noticed: Instant? = nil) {
    self.reason = reason
    self.copied = copied
    self.noticed = noticed
  }
}

/// What a store knows of the runs that sent with it.
package struct SendingRecord: Equatable, Sendable {
  /// Raised whenever a run begins to send and when it has sent; it only ever grows.
  package var count: Int64
  /// The machine that sent last, unrecognisable; nil where none did, or has no name.
  package var machine: String?

  package init(count: Int64, machine: String?) {
    self.count = count
    self.machine = machine
  }
}

/// Somebody who wants no mail any more, unrecognisable.
package struct Departure: Hashable, Sendable {
  /// The keyed hash of the address.
  package var addressHash: [UInt8]
  package var reason: SuppressionReason
  package var date: Instant

  package init(addressHash: [UInt8], reason: SuppressionReason, date: Instant) {
    self.addressHash = addressHash
    self.reason = reason
    self.date = date
  }
}

/// What keeps a store that is an older copy from repeating what was sent since.
package protocol RestoreStore: AnyObject, Sendable {
  /// What holds the site's mail; nil where it may go out.
  func mailHold() throws -> MailHold?

  /// Holds all mail: from now on no delivery can be claimed.
  ///
  /// Once it is noticed, no new row gets a key that the lost store may have given.
  func holdMail(_ hold: MailHold) throws

  /// Lets mail go out again.
  ///
  /// - Parameters:
  ///   - sending: what the store is to know of the runs that sent.
  func releaseMail(as sending: SendingRecord) throws

  func sending() throws -> SendingRecord

  /// Raises the count of the runs that sent.
  ///
  /// - Returns: the new count.
  func noteSending(from machine: String?) throws -> Int64

  /// Counts as sent, for the subscribers that they were for, all messages that wait or whose fate is
  /// open; but for those of issues that are due later.
  ///
  /// - Returns: how many there were.
  func countAsSent(dueBy instant: Instant) throws -> Int

  /// Suppresses those who left, unless they have given their consent since; who asked to be
  /// forgotten is.
  ///
  /// - Returns: how many were not suppressed yet.
  func replay(_ departures: [Departure]) throws -> Int

  /// Writes a copy of all that is in the store now to a file that is empty or not there; its mail
  /// is on hold.
  ///
  /// Others may write meanwhile.
  func backUp(to path: String, asOf instant: Instant) throws
}
