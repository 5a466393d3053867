package import Model
package import Rendering
import Selecting
package import Store

/// A message as a reader would get it, its two parts by themselves, and what is wrong with it.
package struct PreviewedMessage: Sendable {
  package var name: IssueName
  package var bytes: [UInt8]
  package var html: [UInt8]
  package var text: [UInt8]
  package var lint: LintReport
}

/// For whom a message is worked out.
package enum PreviewReader: Sendable {
  /// Somebody who got all issues before it, and is not in the store.
  case anybody(Subscriber)
  /// A subscriber as the store knows them: what was settled and chosen counts.
  case stored(SubscriberRecord)

  package var subscriber: Subscriber {
    switch self {
    case .anybody(let subscriber): subscriber
    case .stored(let record): record.subscriber
    }
  }

  func record(since release: Int64) -> SubscriberRecord {
    switch self {
    case .anybody(let subscriber): SubscriberRecord(reader: subscriber, since: release)
    case .stored(let record): record
    }
  }
}

/// The next issue of a digest, for anybody: nothing is written.
struct DigestPreview {
  private let plan: DigestPlan
  private let message: DigestMessage

  init(plan: DigestPlan, message: DigestMessage) {
    self.plan = plan
    self.message = message
  }

  /// The message that such a subscriber would get; nil where there is nothing to say.
  ///
  /// - Parameters:
  ///   - number: makes the Message-ID. No subscriber has one below 1; the same one twice makes one
  ///     message of two, for mail programs that show each once.
  ///   - linksPage: whether it links to the issue's page, which is not there yet.
  func message(
    for reader: PreviewReader,
    number: Int64,
    linksPage: Bool
  ) throws -> PreviewedMessage? {
    let (name, draft) = try plan.preview(for: reader, linksPage: linksPage)
    guard let group = draft.groups.first else { return nil }
    let fragments = IssueFragments(draft.fragments)
    let recipient = Mailbox(name: reader.subscriber.name, address: reader.subscriber.address)
    let parts = message.parts(
      group: group,
      fragments: fragments,
      recipient: recipient,
      subscriber: number
    )
    let bytes = message.bytes(
      issue: name,
      group: group,
      fragments: fragments,
      recipient: recipient,
      subscriber: number,
      date: plan.asOf
    )
    return PreviewedMessage(
      name: name,
      bytes: bytes,
      html: parts.html,
      text: parts.text,
      lint: LintReport(of: bytes)
    )
  }
}
