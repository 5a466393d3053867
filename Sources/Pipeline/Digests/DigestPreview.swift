package import Model
package import Rendering
import Selecting
import Store

/// A message as a reader would get it, its two parts by themselves, and what is wrong with it.
package struct PreviewedMessage: Sendable {
  package var name: IssueName
  package var bytes: [UInt8]
  package var html: [UInt8]
  package var text: [UInt8]
  package var lint: LintReport
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
  /// - Parameter number: makes the Message-ID. No subscriber has one below 1; the same one twice
  ///   makes one message of two, for mail programs that show each once.
  func message(for subscriber: Subscriber, number: Int64) throws -> PreviewedMessage? {
    let (name, draft) = try plan.preview(for: subscriber)
    guard let group = draft.groups.first else { return nil }
    let fragments = IssueFragments(draft.fragments)
    let recipient = Mailbox(name: subscriber.name, address: subscriber.address)
    let parts = message.parts(group: group, fragments: fragments, recipient: recipient)
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
