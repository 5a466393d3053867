package import Model
import Store

extension PublishRun {
  /// What the run would do, worked out on a copy of the store: no file and no message is written.
  package func rehearse() throws -> PublishPlan {
    var plan = PublishPlan()
    plan.imported = try importRun().run(settings.sources)
    plan.released = try store.release(
      asOf: settings.asOf,
      blockSize: settings.site.feeds.entries
    )
    if settings.parts.contains(.feeds) { plan.documents = try feeds.stalePaths() }
    if settings.parts.contains(.digests) {
      plan.issues = try planIssues()
      plan.waiting = try store.counts(of: nil)[.pending] ?? 0
    }
    if !settings.parts.isEmpty { plan.documents += try feeds.staleIssuePaths() }
    return plan
  }

  /// The next issue of a digest for one reader, worked out on a copy of the store; nil where there
  /// is nothing to say, or mail is not configured.
  ///
  /// - Parameters:
  ///   - number: makes the Message-ID; see ``DigestPreview``.
  ///   - linksPage: whether it links to the issue's page, which is not there yet.
  package func preview(
    _ digest: DigestSettings,
    for reader: PreviewReader,
    number: Int64 = 0,
    linksPage: Bool = true
  ) throws -> PreviewedMessage? {
    guard let mail = settings.site.mail else { return nil }
    // What is not on this machine is not asked to show what the store has.
    _ = try importRun().run(settings.sources.filter { !$0.isRemote })
    try release()
    return try DigestPreview(plan: plan(of: digest), message: message(mail))
      .message(for: reader, number: number, linksPage: linksPage)
  }
}
