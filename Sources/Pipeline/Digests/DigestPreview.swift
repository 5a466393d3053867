package import Model
package import Rendering
import Selecting
import Store

/// A message as a reader would get it, and its two parts by themselves.
package struct PreviewedMessage: Sendable {
  package var name: IssueName
  package var bytes: [UInt8]
  package var html: [UInt8]
  package var text: [UInt8]
}

/// The next issue of a digest, for anybody: nothing is written.
package struct DigestPreview {
  private let plan: DigestPlan
  private let message: DigestMessage

  package init(plan: DigestPlan, message: DigestMessage) {
    self.plan = plan
    self.message = message
  }

  /// The message that such a subscriber would get; nil where there is nothing to say.
  package func message(for subscriber: Subscriber) throws -> PreviewedMessage? {
    let (name, draft) = try plan.preview(for: subscriber)
    guard let group = draft.groups.first else { return nil }
    let fragments = Dictionary(
      uniqueKeysWithValues: draft.fragments.map { ($0.number, $0.bytes) }
    )
    let recipient = Mailbox(name: subscriber.name, address: subscriber.address)
    let parts = message.parts(group: group, fragments: fragments, recipient: recipient)
    let bytes = message.bytes(
      issue: name,
      group: group,
      fragments: fragments,
      recipient: recipient,
      subscriber: 0,
      date: plan.asOf
    )
    return PreviewedMessage(name: name, bytes: bytes, html: parts.html, text: parts.text)
  }
}
