import ArgumentParser
import Foundation
import Model

/// A site that `init` makes: its configuration, its first article and its keys.
struct NewSite {
  var folder: String
  var title: String
  var url: String
  var language: String
  var timezone: String

  /// Checks everything before the first file is written, so that a refusal leaves nothing behind.
  func make(asOf now: Instant) throws {
    let path = "\(folder)/\(Configuration.fileName)"
    guard !FileManager.default.fileExists(atPath: path) else { throw NewSiteError.exists(path) }
    let text = configurationText(asOf: now)
    let configuration = try checked(text, asOf: now)
    try makeFolder(folder)
    try makeArticle(configuration, asOf: now)
    _ = try Keys.load(folder: configuration.keysFolder, create: true)
    // Last, because it is what makes the folder a site: a broken run can be run again.
    try write(text, to: path)
  }

  func nextSteps(as name: String) -> [String] {
    [
      "Made a site in \(folder).",
      "Next:",
      "  look through \(Configuration.fileName): title, topics, author",
      "  write articles into articles/",
      "  feedgen publish\(name == "." ? "" : " --site \(name)")",
    ]
  }

  /// The values of the command line are checked as those of a file, and named as options.
  private func checked(_ text: String, asOf now: Instant) throws -> Configuration {
    let source = ConfigurationText(path: "\(folder)/\(Configuration.fileName)", text: text)
    do throws(ConfigurationError) {
      return try Configuration.configuration(source, overrides: [], folder: folder, asOf: now)
    } catch {
      throw NewSiteError.badOptions(error.problems.map(\.message))
    }
  }

  private func makeArticle(_ configuration: Configuration, asOf now: Instant) throws {
    let articles = "\(folder)/articles"
    guard !FileManager.default.fileExists(atPath: articles) else { return }
    try makeFolder(articles)
    let day = configuration.site.zone.civil(now).date
    try write(articleText(on: day), to: "\(articles)/\(sample.fileName)")
  }

  private func makeFolder(_ path: String) throws {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw NewSiteError.cannotWrite(path, error.localizedDescription)
    }
  }

  private func write(_ text: String, to path: String) throws {
    do {
      try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .withoutOverwriting)
    } catch {
      throw NewSiteError.cannotWrite(path, error.localizedDescription)
    }
  }
}

/// Why no site was made.
enum NewSiteError: Error, Equatable, CustomStringConvertible {
  case exists(String)
  case badOptions([String])
  case cannotWrite(String, String)

  var description: String {
    switch self {
    case .exists(let path):
      "\(path): already there, and “init” overwrites nothing; name another folder"
    case .badOptions(let messages):
      "no site was made: \(messages.joined(separator: "; "))"
    case .cannotWrite(let path, let detail):
      "\(path): cannot be written (\(detail))"
    }
  }
}

extension NewSiteError: ExitCoded {
  var exitCode: ExitCode {
    switch self {
    case .exists, .cannotWrite: .cannotCreate
    case .badOptions: .usage
    }
  }
}
