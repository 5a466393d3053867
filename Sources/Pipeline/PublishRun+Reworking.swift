package import Model
package import Store

extension PublishRun {
  /// Works out again an issue of which nothing has gone out; nil where mail is not configured, or
  /// its digest is not there any more.
  package func replan(_ issue: IssueRecord) throws -> PlannedIssue? {
    let digest = settings.site.digests.first { $0.name == issue.name.digest }
    guard settings.site.mail != nil, let digest else { return nil }
    try store.setState(.cancelled, of: issue.key)
    return try plan(of: digest).replan(issue)
  }

  /// Counts as sent what a store that is an older copy does not know of: the messages that wait, and
  /// the issues that were due by an instant, for all that is there to import.
  package func countAsSent(dueBy instant: Instant) throws -> CountedAsSent {
    _ = try importRun().run(settings.sources)
    try release()
    var counted = CountedAsSent()
    counted.messages = try store.countAsSent(dueBy: instant)
    guard settings.site.mail != nil else { return counted }
    for digest in settings.site.digests {
      let plan = try plan(of: digest, copying: false)
      if let name = try plan.planLost(dueBy: instant) { counted.issues.append(name) }
    }
    _ = try store.countAsSent(dueBy: instant)
    return counted
  }
}
