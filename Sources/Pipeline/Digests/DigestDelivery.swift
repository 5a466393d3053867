package import Delivering
package import Model
package import Rendering
package import Store

/// Hands over the messages that are owed.
package struct DigestDelivery {
  private let store: any DeliveryQueue & IssueStore
  private let settings: Settings

  package struct Settings {
    package var sender: EmailAddress
    package var message: DigestMessage
    package var signers: [DKIMSigner]
    package var run: String
    package var asOf: Instant
    package var clock: () -> Instant
    package var shouldStop: () -> Bool
    package var progress: (DeliveryReport) -> Void
  }

  package init(store: any DeliveryQueue & IssueStore, settings: Settings) {
    self.store = store
    self.settings = settings
  }

  package func deliver(by transport: inout some Transport) throws -> DeliveryReport {
    let editions = FrozenEditions(store)
    let deliverer = Deliverer(
      queue: store,
      sender: settings.sender,
      run: settings.run,
      asOf: settings.asOf,
      clock: settings.clock,
      shouldStop: settings.shouldStop,
      progress: settings.progress,
      signers: settings.signers
    ) { claim in
      switch claim.content {
      case .message(let bytes): return bytes
      case .edition(let edition):
        let (group, fragments) = try editions.frozen(edition)
        return settings.message.bytes(
          issue: edition.name,
          group: group,
          fragments: fragments,
          recipient: claim.recipient,
          subscriber: edition.subscriber,
          date: claim.date
        )
      }
    }
    return try deliverer.deliver(by: &transport)
  }
}

/// The editions of an issue as they were frozen, each piece read from the store once.
private final class FrozenEditions {
  private let store: any IssueStore
  private var issue: Int64?
  private var groups: [Int: EditionGroup] = [:]
  private var fragments: [Int: [UInt8]] = [:]

  init(_ store: any IssueStore) {
    self.store = store
  }

  func frozen(_ edition: ClaimedEdition) throws -> (EditionGroup, [Int: [UInt8]]) {
    if issue != edition.issue { (issue, groups, fragments) = (edition.issue, [:], [:]) }
    if let group = groups[edition.group] { return (group, fragments) }
    guard let group = try store.group(edition.group, of: edition.issue)
    else { throw LostEdition(issue: edition.name) }
    groups[edition.group] = group
    let numbers = Set(group.text + group.html).subtracting(fragments.keys)
    for fragment in try store.fragments(of: edition.issue, numbers: numbers) {
      fragments[fragment.number] = fragment.bytes
    }
    return (group, fragments)
  }
}

/// An issue's frozen content is not in the store any more.
struct LostEdition: Error, CustomStringConvertible {
  var issue: IssueName

  var description: String { "the content of \(issue) is not in the store" }
}
