package import Delivering
package import Model
package import Rendering
package import Store

/// Hands over the messages that are owed.
package struct DigestDelivery {
  private let store: any DeliveryQueue & IssueStore
  private let settings: Settings

  package struct Settings {
    package var sender: (Claim) -> EmailAddress
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
        return settings.message.bytes(
          issue: edition.name,
          group: try editions.group(of: edition),
          fragments: editions.fragments,
          recipient: claim.recipient,
          subscriber: edition.subscriber,
          date: claim.date
        )
      }
    }
    return try deliverer.deliver(by: &transport)
  }
}

/// The editions of an issue as they were frozen; what was read last is kept for the next message.
private final class FrozenEditions {
  /// More are not kept: memory stays flat, and what is wanted again is read again.
  private static let most = (groups: 500, fragments: 2000)

  private let store: any IssueStore
  private var issue: Int64?
  private var groups: [Int: EditionGroup] = [:]
  private(set) var fragments = IssueFragments()

  init(_ store: any IssueStore) {
    self.store = store
  }

  /// An edition, of which the fragments are at hand now.
  func group(of edition: ClaimedEdition) throws -> EditionGroup {
    if issue != edition.issue || fragments.count > Self.most.fragments {
      (issue, groups, fragments) = (edition.issue, [:], IssueFragments())
    }
    if let group = groups[edition.group] { return group }
    if groups.count == Self.most.groups { groups = [:] }
    guard let group = try store.group(edition.group, of: edition.issue)
    else { throw LostEdition(issue: edition.name) }
    groups[edition.group] = group
    let missing = (group.text + group.html).filter { !fragments.contains($0) }
    for fragment in try store.fragments(of: edition.issue, numbers: Set(missing)) {
      fragments.add(fragment)
    }
    return group
  }
}

/// An issue's frozen content is not in the store any more.
struct LostEdition: Error, CustomStringConvertible {
  var issue: IssueName

  var description: String { "the content of \(issue) is not in the store" }
}
