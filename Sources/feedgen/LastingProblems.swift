import ArgumentParser
import Foundation
import Model
import Store

extension OpenSite {
  /// The beginning of the subjects of problems with digests.
  private static let digests = "digests: "

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

  /// Says what of it is new, has changed or was last said a day ago, and what is solved.
  ///
  /// - Returns: whether anything waits for a person, and what was news of it.
  func tellLastingProblems(_ report: Report) throws -> (isWaiting: Bool, news: ProblemNews) {
    let problems = try lastingProblems()
    let news = try store.takeOver(problems, within: [OpenSite.digests], now: .now)
    for problem in report.isTerminal ? problems : news.toSay { report.error(lines: problem.text) }
    for problem in news.solved { report.error("solved: \(problem.subject)") }
    return (!problems.isEmpty, news)
  }
}
