package import Delivering
package import Model
package import Rendering
package import Store
import Synchronization

/// Hands over the messages that are owed.
package struct DigestDelivery {
  private let store: any DeliveryQueue & IssueStore
  private let settings: Settings

  package struct Settings {
    package var sender: @Sendable (Claim) -> EmailAddress
    package var message: DigestMessage
    package var signers: [DKIMSigner]
    package var journals: JournalFolder
    package var schedule: RetrySchedule
    package var run: String
    package var asOf: Instant
    package var clock: @Sendable () -> Instant
  }

  package init(store: any DeliveryQueue & IssueStore, settings: Settings) {
    self.store = store
    self.settings = settings
  }

  package func deliver(
    to destination: Destination,
    _ watch: Deliverer.Watch
  ) throws -> DeliveryReport {
    try deliverer.deliver(to: destination, watch)
  }

  private var deliverer: Deliverer {
    let editions = FrozenEditions(store)
    return Deliverer(
      queue: store,
      journals: settings.journals,
      settings: Deliverer.Settings(
        run: settings.run,
        asOf: settings.asOf,
        clock: settings.clock,
        schedule: settings.schedule,
        signers: settings.signers,
        sender: settings.sender,
        compose: { [message = settings.message] in try message.bytes(of: $0, editions) }
      )
    )
  }
}

extension DigestMessage {
  /// A claimed delivery's message.
  fileprivate func bytes(of claim: Claim, _ editions: FrozenEditions) throws -> [UInt8] {
    switch claim.content {
    case .message(let bytes): return bytes
    case .edition(let edition):
      let (group, fragments) = try editions.group(of: edition)
      return bytes(
        issue: edition.name,
        group: group,
        fragments: fragments,
        recipient: claim.recipient,
        subscriber: edition.subscriber,
        date: claim.date
      )
    }
  }
}

/// The editions of an issue as they were frozen; what was read last is kept for the next message.
///
/// Several threads compose messages at once.
private final class FrozenEditions: Sendable {
  private struct State {
    var issue: Int64?
    var groups: [Int: EditionGroup] = [:]
    var fragments = IssueFragments()
  }

  /// More are not kept: memory stays flat, and what is wanted again is read again.
  private static let most = (groups: 500, fragments: 2000)

  private let store: any IssueStore
  private let state = Mutex(State())

  init(_ store: any IssueStore) {
    self.store = store
  }

  /// An edition with its fragments, and perhaps others.
  func group(of edition: ClaimedEdition) throws -> (EditionGroup, IssueFragments) {
    try state.withLock { state in
      if state.issue != edition.issue || state.fragments.count > Self.most.fragments {
        state = State(issue: edition.issue)
      }
      if let group = state.groups[edition.group] { return (group, state.fragments) }
      if state.groups.count == Self.most.groups { state.groups = [:] }
      let group = try read(edition, into: &state.fragments)
      state.groups[edition.group] = group
      return (group, state.fragments)
    }
  }

  /// Reads an edition, and the fragments that are not at hand.
  private func read(
    _ edition: ClaimedEdition,
    into fragments: inout IssueFragments
  ) throws -> EditionGroup {
    guard let group = try store.group(edition.group, of: edition.issue)
    else { throw LostEdition(issue: edition.name) }
    try read(group.text + group.html, of: edition.issue, into: &fragments)
    if !fragments.areComplete(for: group) {
      try read(fragments.substitutes(in: group), of: edition.issue, into: &fragments)
    }
    return fragments.showing(group)
  }

  private func read(
    _ numbers: [Int],
    of issue: Int64,
    into fragments: inout IssueFragments
  ) throws {
    let missing = numbers.filter { !fragments.contains($0) }
    for fragment in try store.fragments(of: issue, numbers: Set(missing)) {
      fragments.add(fragment)
    }
  }
}

/// An issue's frozen content is not in the store any more.
struct LostEdition: Error, CustomStringConvertible {
  var issue: IssueName

  var description: String { "the content of \(issue) is not in the store" }
}
