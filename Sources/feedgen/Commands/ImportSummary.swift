import ArgumentParser
import Model
import Pipeline

/// What an import did, as people and programs are told.
struct ImportSummary: Encodable {
  private let added: Int
  private let changed: Int
  private let unchanged: Int
  private let archived: Int
  private let renamed: [String]
  private let withdrawn: [String]
  private let returned: [String]
  private let deleted: [String]
  private let missing: [String]
  private let heldBack: [String]
  private let undated: [String]
  private let growing: [String]
  /// By path and kind.
  private let repairs: [String: [String: Int]]
  private let problems: [String]
  private var source: ImportReport

  private enum CodingKeys: CodingKey {
    case added, changed, unchanged, archived, renamed, withdrawn, returned, deleted, missing
    case heldBack, undated, growing, repairs, problems
  }

  init(_ report: ImportReport) {
    added = report.added
    changed = report.changed
    unchanged = report.unchanged
    archived = report.archived
    renamed = report.renamed
    withdrawn = report.withdrawn
    returned = report.returned
    deleted = report.deleted
    missing = report.missing
    heldBack = report.heldBack
    undated = report.undated
    growing = report.growing
    repairs = report.repairs.mapValues { repairs in
      Dictionary(uniqueKeysWithValues: repairs.counts.map { ($0.key.rawValue, $0.value) })
    }
    problems = report.problems.map(\.description)
    source = report
  }

  /// Says it all: what a person asked for.
  func tell(_ report: Report) throws {
    if !report.isJSON {
      report.say(headline)
      for line in lines { report.say(line) }
    }
    tellProblems(report)
    if report.isJSON { try report.document(self) }
  }

  /// Says what somebody must look at.
  func tellProblems(_ report: Report) {
    for problem in source.problems { report.error(problem) }
    tellRepairs(report)
    if let guarded = source.guarded { report.error(guarded.advice) }
  }

  /// Says what was mended: once, when a file is read.
  func tellRepairs(_ report: Report) {
    for (path, repairs) in source.repairs.sorted(by: { $0.key < $1.key }) {
      for repair in repairs.descriptions { report.error("\(path): \(repair)") }
    }
  }

  private var headline: String {
    guard source.isChange else { return "Nothing new: \(unchanged) articles are as they were." }
    return "\(added) added, \(changed) changed, \(unchanged) unchanged."
  }

  private var lines: [String] {
    list("Moved to", renamed) + list("Withdrawn", withdrawn) + list("Back", returned)
      + list("Deleted", deleted) + list("Gone, and deleted if the next run finds it gone", missing)
      + list("Held back by “articles delete”", heldBack)
      + list("Without a date, so dated now", undated)
      + list("Still being written, and left for the next run", growing)
      + (archived > 0 ? ["\(archived) are archive material: in no digest (--into-digest)."] : [])
  }

  private func list(_ title: String, _ names: [String]) -> [String] {
    names.map { "\(title): \($0)" }
  }
}

extension GuardedSource {
  var advice: String {
    "\(source): \(gone) of \(known) files are gone at once, so nothing was deleted; if that is "
      + "meant, run “feedgen import --accept-deletions”"
  }
}

extension ImportReport {
  /// What the program ends with where something needs a person.
  var exitCode: ExitCode? {
    if guarded != nil { return .temporaryFailure }
    return problems.isEmpty ? nil : .badInput
  }
}
