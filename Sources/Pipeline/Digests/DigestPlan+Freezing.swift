import Model
import Rendering
import Store

extension DigestPlan {
  /// Works out and renders who gets what, so many subscribers at a time.
  func fill(
    _ draft: inout IssueDraft,
    _ templates: Templates,
    freezing freeze: (IssueBatch) throws -> Void
  ) throws {
    var last: Int64 = 0
    while true {
      let records = try store.subscribers(after: last, atMost: batchSize)
      guard let key = records.last?.key else { return }
      for record in records
      where record.subscriber.cadence == digest.schedule.cadence && record.suppression == nil {
        draft.add(record, isPreviewing: isPreviewing)
      }
      try draft.render(templates)
      try freeze(draft.takeBatch())
      last = key
    }
  }

  /// Writes a part of the issue in short transactions; none of its deliveries can be claimed yet.
  func freeze(_ part: IssueBatch, _ issue: Int64, through release: Int64) throws {
    for batch in batches(part.fragments) { try store.addFragments(batch, to: issue) }
    for batch in batches(part.groups) { try store.addGroups(batch, to: issue) }
    for batch in batches(part.deliveries) { try store.addDeliveries(batch, to: issue) }
    for batch in batches(part.settled) {
      try store.cover(batch, through: release, previewing: isPreviewing)
    }
    for batch in batches(part.absent) { try store.addAbsences(batch, from: issue) }
  }

  /// Ends the plan: from now on the deliveries can be claimed, unless the issue waits.
  func close(
    _ draft: IssueDraft,
    _ issue: Int64,
    as standing: IssueStanding,
    telling copies: [StaffMessage]
  ) throws {
    for batch in batches(draft.listedArticles) { try store.addArticles(batch, to: issue) }
    if let edition = draft.webEdition { try store.addWebEdition(edition, to: issue) }
    try store.closePlan(
      of: issue,
      as: standing,
      postponing: draft.postponed.sorted(),
      telling: copies
    )
  }
}
