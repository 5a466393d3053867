import ArgumentParser
import Foundation
import Model
import Pipeline
import Store

extension OpenSite {
  /// The beginnings of the subjects of problems.
  private static let digests = "digests: "
  private static let articles = "articles: "

  /// What waits for a person before mail can go out.
  func lastingProblems() throws -> [LastingProblem] {
    let issues = try store.waitingIssues().compactMap { issue in
      try waiting(issue).map {
        LastingProblem(subject: "\(OpenSite.digests)\(issue.name)", text: $0)
      }
    }
    return try issues + [holdFileProblem(), mailHoldProblem()].compactMap { $0 }
  }

  private func mailHoldProblem() throws -> LastingProblem? {
    guard site.mail != nil else { return nil }
    return try store.mailHold().map {
      LastingProblem(subject: "\(OpenSite.digests)mail on hold", text: $0.advice)
    }
  }

  private func holdFileProblem() throws -> LastingProblem? {
    guard FileManager.default.fileExists(atPath: configuration.holdPath),
      try store.hasPending(now: .now)
    else { return nil }
    return LastingProblem(
      subject: "\(OpenSite.digests)HOLD",
      text: "no mail goes out while \(configuration.holdPath) is there; remove it to go on"
    )
  }

  /// What is wrong with articles: a problem a file, whatever is wrong with it.
  private func lastingProblems(of imported: ImportReport) -> [LastingProblem] {
    let files = Dictionary(grouping: imported.problems, by: \.path).sorted { $0.key < $1.key }
    let faulty = files.map { path, problems in
      LastingProblem(
        subject: "\(OpenSite.articles)\(path)",
        text: problems.map(\.shown).joined(separator: "\n")
      )
    }
    let guarded = imported.guarded.map {
      LastingProblem(subject: "\(OpenSite.articles)\($0.source)", text: $0.advice)
    }
    // What passes by itself is said when it has lasted.
    let remote = imported.troubles.filter { !$0.isPassing }.map {
      LastingProblem(subject: "\(OpenSite.articles)\($0.source)", text: $0.description)
    }
    return faulty + [guarded].compactMap { $0 } + remote
  }

  /// Says what is new of all that lasts, has changed or was last said a day ago, and what is solved.
  ///
  /// - Returns: whether any mail waits for a person, and what was news.
  func tellLastingProblems(
    of imported: ImportReport,
    _ parts: PublishRun.Parts,
    _ report: Report
  ) throws -> (isWaiting: Bool, news: ProblemNews) {
    let digests = parts.contains(.digests) ? try lastingProblems() : []
    let areas = [OpenSite.articles] + (parts.contains(.digests) ? [OpenSite.digests] : [])
    let problems = lastingProblems(of: imported) + digests
    let news = try store.takeOver(problems, within: areas, now: .now)
    for problem in report.isTerminal ? news.lasting : news.toSay {
      report.error(lines: problem.words(in: site.zone))
    }
    for problem in news.solved { report.error("solved: \(problem.subject)") }
    return (!digests.isEmpty, news)
  }
}
