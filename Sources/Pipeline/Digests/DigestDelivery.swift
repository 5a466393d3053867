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
      let (group, fragments) = try editions.edition(of: claim)
      return settings.message.bytes(
        issue: claim.name,
        group: group,
        fragments: fragments,
        recipient: claim.recipient,
        subscriber: claim.subscriber,
        date: claim.date
      )
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

  func edition(of claim: Claim) throws -> (EditionGroup, [Int: [UInt8]]) {
    if issue != claim.issue { (issue, groups, fragments) = (claim.issue, [:], [:]) }
    if let group = groups[claim.group] { return (group, fragments) }
    guard let group = try store.group(claim.group, of: claim.issue)
    else { throw LostEdition(issue: claim.name) }
    groups[claim.group] = group
    let numbers = Set(group.text + group.html).subtracting(fragments.keys)
    for fragment in try store.fragments(of: claim.issue, numbers: numbers) {
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
