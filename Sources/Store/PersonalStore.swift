package import Model

/// What people may ask of whoever keeps their data: to see it, and to have it erased (GDPR articles
/// 15, 17 and 20).
package protocol PersonalStore: AnyObject, Sendable {
  /// All that the store keeps of a subscriber; nil where there is none with this key.
  func personalData(of subscriber: Int64) throws -> PersonalData?

  /// Erases a subscriber and all that names them, and notes beside the store that they are gone.
  ///
  /// Of the address only its keyed hash is kept, as a suppression. Issues still know how many
  /// messages they had, and what became of each; what waits is not sent any more, and what is being
  /// sent can be settled. Who is not there changes nothing.
  func erase(_ subscriber: Int64, asOf: Instant) throws

  /// Erases all that there is of an address, subscribed or not.
  ///
  /// - Returns: false where there was nothing, and nothing is done.
  func erase(_ address: EmailAddress, asOf: Instant) throws -> Bool
}
