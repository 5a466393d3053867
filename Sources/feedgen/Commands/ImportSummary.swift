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
  private let adopted: Int
  private let elsewhere: Int
  private let repeated: Int
  private let skipped: [String: Int]
  private let unknownCategories: [String: Int]
  private let arrivals: [ArrivalLine]
  private let troubles: [String]
  private var source: ImportReport
  /// Whether nothing was done yet.
  private var isRehearsal: Bool

  private enum CodingKeys: CodingKey {
    case added, changed, unchanged, archived, renamed, withdrawn, returned, deleted, missing
    case heldBack, undated, growing, repairs, problems, adopted, elsewhere, repeated, skipped
    case unknownCategories, arrivals, troubles
  }

  init(_ report: ImportReport, isRehearsal: Bool = false) {
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
    adopted = report.adopted
    elsewhere = report.elsewhere
    repeated = report.repeated
    skipped = report.skipped
    unknownCategories = report.unknownCategories
    arrivals = ArrivalLine.lines(of: report.arrivals)
    troubles = report.troubles.map(\.description)
    source = report
    self.isRehearsal = isRehearsal
  }

  /// Says it all: what a person asked for.
  func tell(_ report: Report) throws {
    if !report.isJSON {
      report.say(headline)
      for line in lines + (isRehearsal ? outlook : []) { report.say(line) }
    }
    tellProblems(report)
    if report.isJSON { try report.document(self) }
  }

  /// Says what somebody must look at.
  func tellProblems(_ report: Report) {
    for problem in source.problems { report.error(problem) }
    for trouble in troubles { report.error(trouble) }
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
    let counts = "\(added) added, \(changed) changed, \(unchanged) unchanged"
    return isRehearsal ? "Would be: \(counts)." : "\(counts)."
  }

  private var lines: [String] {
    list("Moved to", renamed) + list("Withdrawn", withdrawn) + list("Back", returned)
      + list("Deleted", deleted) + list("Gone, and deleted if the next run finds it gone", missing)
      + list("Held back by “articles delete”", heldBack)
      + list("Without a date, so dated now", undated)
      + list("Still being written, and left for the next run", growing)
      + (archived > 0 ? ["\(archived) are archive material: in no digest (--into-digest)."] : [])
      + entryLines
  }

  /// What there is to say of exports and feeds.
  private var entryLines: [String] {
    counted("\(adopted) articles come from another source from now on.", adopted)
      + counted("\(elsewhere) are articles of another source, which has the say.", elsewhere)
      + counted("\(repeated) came more than once.", repeated)
      + list("Left out", sorted(skipped).map { "\($0.value) \(skippedWords($0.key))" })
      + list("No topic for category", sorted(unknownCategories).map { "“\($0.key)” (\($0.value))" })
  }

  /// What a rehearsal says besides.
  private var outlook: [String] {
    arrivals.map(\.text) + topicAdvice(on: sorted(unknownCategories).map(\.key))
  }

  private func counted(_ line: String, _ count: Int) -> [String] { count > 0 ? [line] : [] }

  /// The most frequent first.
  private func sorted(_ counts: [String: Int]) -> [(key: String, value: Int)] {
    counts.sorted { $0.value == $1.value ? $0.key < $1.key : $0.value > $1.value }
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

/// Why items of an export stay out: a status, a type, or a password.
private func skippedWords(_ reason: String) -> String {
  reason == "password" ? "with a password" : "“\(reason)”"
}

/// How many articles of a topic and a year came in.
private struct ArrivalLine: Encodable {
  var topic: String?
  var year: Int
  var articles: Int

  var text: String { "  \(topic ?? "no topic"), \(year): \(articles)" }

  static func lines(of arrivals: [Arrival: Int]) -> [ArrivalLine] {
    arrivals.map { ArrivalLine(topic: $0.key.topic?.text, year: $0.key.year, articles: $0.value) }
      .sorted { ($0.topic ?? "", $0.year) < ($1.topic ?? "", $1.year) }
  }
}

extension SourceTrouble {
  var description: String { "\(source): \(reason)" }
}
