import ArgumentParser
import Checking

/// One subject and what is wrong with it.
struct CheckResult: Encodable {
  /// So many findings of a file are said one by one; the others are counted.
  private static let shownPerFile = 10

  let subject: String
  private(set) var faults: [String] = []
  private(set) var findings: [Finding] = []
  /// What is good to know, and stops nothing.
  private(set) var remarks: [String]?
  /// What is good to know where all is good.
  private(set) var note: String?
  /// What to publish in the DNS.
  private(set) var records: [DKIMRecordLine]?
  private(set) var exitCode: ExitCode?

  private enum CodingKeys: CodingKey { case subject, faults, findings, remarks, note, records }

  init(_ subject: String, _ body: () throws -> Void) {
    self.init(
      subject,
      findings: {
        try body(); return []
      }
    )
  }

  init(_ subject: String, findings: () throws -> [Finding]) {
    self.subject = subject
    do {
      self.findings = try findings()
      if self.findings.contains(where: { $0.severity == .error }) { exitCode = .badInput }
    } catch {
      faults = ["\(error)"]
      exitCode = feedgen.exitCode(for: error)
    }
  }

  /// Says something of a subject that nothing is wrong with.
  init(_ subject: String, note: String, remarks: [String]) {
    self.subject = subject
    self.note = note
    self.remarks = remarks.isEmpty ? nil : remarks
  }

  /// The subject with what is good to know of it.
  var line: String { note.map { "\(subject): \($0)" } ?? subject }

  mutating func take(_ check: DKIMCheck) {
    remarks = check.remarks
    records = check.records
  }

  func tell(_ report: Report) {
    for fault in faults { report.error(fault) }
    for remark in remarks ?? [] { report.error("warning: \(remark)") }
    var counts: [String: Int] = [:]
    for finding in findings {
      counts[finding.path, default: 0] += 1
      guard counts[finding.path, default: 0] <= CheckResult.shownPerFile else { continue }
      report.error(finding.severity == .warning ? "warning: \(finding)" : "\(finding)")
    }
    for (path, count) in counts.sorted(by: { $0.key < $1.key })
    where count > CheckResult.shownPerFile {
      report.error("\(path): \(count - CheckResult.shownPerFile) more; --json lists all of them")
    }
    guard findings.contains(where: { $0.article != nil }) else { return }
    report.error("“feedgen articles show ID” tells where an article comes from")
  }
}
