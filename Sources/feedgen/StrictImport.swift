import ArgumentParser
import Model
import Pipeline

/// `--strict`: an import is tried on a copy of the store first, and takes place only where nothing
/// is wrong and nothing needs a repair.
///
/// So neither the store nor any document changes before all files have been read.
struct StrictImport {
  let configuration: Configuration
  let asOf: Instant
  /// What of the import is told.
  let report: Report

  /// Throws, after telling all that is wrong, where anything is.
  func check(_ importRun: (OpenSite) throws -> ImportReport) throws {
    let result = try OpenSite.rehearse(configuration, asOf: asOf, importRun)
    guard let code = result.exitCode else { return }
    let summary = ImportSummary(result)
    summary.tellProblems(report)
    if report.isJSON { try report.document(summary) }
    report.error("nothing was imported or published (--strict)")
    throw code
  }
}
