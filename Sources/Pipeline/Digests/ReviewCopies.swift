import Model
import Rendering
import Selecting
import Store

/// What the reviewers of an issue get: the digest as a subscriber of all topics would, behind a
/// note of when it goes out, to how many, and what the check of it found.
struct ReviewCopies {
  let site: Site
  let digest: DigestSettings
  let slot: Slot
  /// Without subscribers.
  let draft: IssueDraft
  let message: DigestMessage
  let asOf: Instant

  /// - Parameters:
  ///   - recipients: how many subscribers the issue goes to.
  ///   - release: the one that the issue begins after.
  func messages(
    to reviewers: [EmailAddress],
    of recipients: Int,
    since release: Int64,
    _ templates: Templates
  ) throws -> [StaffMessage] {
    let texts = try StaffTexts(templates, site)
    let bare = try rendered(draft, since: release, templates)
    guard let first = reviewers.first, let checked = bytes(bare, to: first) else { return [] }
    let note = try texts.reviewNote(
      of: name,
      due: site.zone.civil(slot.instant),
      recipients: recipients,
      needsApproval: digest.needsApproval,
      page: message.issueURL(name, due: slot.instant),
      LintReport(of: checked)
    )
    let noted = try rendered(draft.introduced(by: note), since: release, templates)
    return reviewers.compactMap { reviewer in
      bytes(noted, to: reviewer, subject: texts.reviewSubject)
        .map { StaffMessage(recipient: reviewer, bytes: $0) }
    }
  }

  private var name: IssueName { IssueName(digest: digest.name, date: slot.date) }

  private func rendered(
    _ draft: IssueDraft,
    since release: Int64,
    _ templates: Templates
  ) throws -> IssueDraft {
    var draft = draft
    draft.linksPage = false
    let all = Subscriber(
      address: message.sender,
      language: site.language,
      topics: site.topics.map(\.slug)
    )
    draft.add(SubscriberRecord(reader: all, since: release), isPreviewing: false)
    try draft.render(templates)
    return draft
  }

  private func bytes(
    _ draft: IssueDraft,
    to reviewer: EmailAddress,
    subject: (String) -> String = { $0 }
  ) -> [UInt8]? {
    guard var group = draft.groups.first else { return nil }
    group.subject = subject(group.subject)
    return message.bytes(
      issue: name,
      group: group,
      fragments: IssueFragments(draft.fragments),
      recipient: Mailbox(address: reviewer),
      // No subscriber has it: the Message-ID is another than that of any message of the issue.
      subscriber: -asOf.seconds,
      date: asOf
    )
  }
}
