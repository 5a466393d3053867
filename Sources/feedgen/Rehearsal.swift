import Foundation
import Model
import Pipeline
import Store

/// `publish --dry-run`: the same run on a copy of the store, up to the point where it would write
/// files or send messages.
struct Rehearsal {
  let configuration: Configuration
  let parts: PublishRun.Parts
  let importing: ImportOptions
  let asOf: Instant

  func run(_ report: Report) throws {
    let plan = try OpenSite.rehearse(configuration, asOf: asOf) { open in
      try open.publishRun(parts: parts, importing: importing, asOf: asOf, report).rehearse()
    }
    try RehearsalSummary(plan).tell(report)
    if let code = plan.imported.exitCode { throw code }
  }
}

/// What a run would do.
struct RehearsalSummary: Encodable {
  private let imported: ImportSummary
  private let wouldRelease: Int
  private let wouldWrite: [String]
  private let wouldPlan: [String]
  private let wouldSend: Int

  init(_ plan: PublishPlan) {
    imported = ImportSummary(plan.imported)
    wouldRelease = plan.released
    wouldWrite = plan.documents
    wouldPlan = plan.issues.compactMap { issue in
      switch issue {
      case .planned(let name, let articles, let deliveries):
        "\(name), \(articles) articles, \(deliveries) messages"
      case .inReview(let name, let articles, let deliveries):
        "\(name), \(articles) articles, \(deliveries) messages, for review"
      case .held(let name, _, let deliveries): "\(name), \(deliveries) messages, held"
      case .missed, .released, .expired: nil
      }
    }
    wouldSend = plan.waiting
  }

  func tell(_ report: Report) throws {
    if report.isJSON { return try report.document(self) }
    try imported.tell(report)
    report.say("Would show \(wouldRelease) articles for the first time.")
    for path in wouldWrite { report.say("Would write: \(path)") }
    for issue in wouldPlan { report.say("Would plan: \(issue)") }
    report.say("Would hand over \(wouldSend) messages.")
  }
}
