import ArgumentParser
import Foundation
import Importing
import Model
import Pipeline

/// What a person decides about an import.
struct ImportChoices: ParsableArguments {
  @Flag(help: "Delete the articles of all files that are gone, however many.")
  var acceptDeletions = false

  @Flag(help: "Let articles that are older than a digest looks back into the next digest.")
  var intoDigest = false

  @Flag(help: "Treat all new articles as archive material: in no digest.")
  var archive = false

  @Flag(help: "Import nothing where any file is wrong or needs a repair.")
  var strict = false

  func validate() throws {
    if intoDigest, archive {
      throw ValidationError("--into-digest and --archive exclude each other.")
    }
  }

  var importOptions: ImportOptions {
    var options = ImportOptions()
    options.acceptsDeletions = acceptDeletions
    options.isStrict = strict
    options.oldArticles = archive ? .archive : intoDigest ? .intoDigest : .automatic
    return options
  }
}

/// What a person decides about an export of WordPress.
struct ExportChoices: ParsableArguments {
  @Option(help: "The types of posts that come in, with commas between them.")
  var types = "post"

  @Option(help: "The statuses of posts that come in: publish, or publish,future.")
  var statuses = "publish"

  @Option(
    help: ArgumentHelp(
      "What a category is here; may be repeated. Nothing after the sign: it is no topic.",
      valueName: "category=topic"
    )
  )
  var mapCategory: [String] = []

  /// An export that the configuration does not name.
  func source(_ paths: [String]) throws -> ExportSource {
    var selection = WordPressExport.Selection()
    selection.types = Set(words(types))
    selection.statuses = Set(words(statuses))
    for status in selection.statuses
    where !WordPressExport.Selection.possibleStatuses.contains(status) {
      throw ValidationError("--statuses: \(statusAdvice(status))")
    }
    return ExportSource(
      name: paths.joined(separator: ", "),
      paths: paths,
      selection: selection,
      topics: EntryTopics()
    )
  }

  func categories(of site: Site) throws -> [String: ReadingSettings.CategoryMeaning] {
    var meanings: [String: ReadingSettings.CategoryMeaning] = [:]
    for text in mapCategory {
      guard let sign = text.lastIndex(of: "="), sign > text.startIndex else {
        throw ValidationError(
          "--map-category: “\(text)” is no pair; write “Chroniques=amerique-latine”."
        )
      }
      let topic = String(text[text.index(after: sign)...])
      meanings[String(text[..<sign])] =
        topic.isEmpty ? .nothing : .topic(try site.slug(of: topic))
    }
    return meanings
  }

  private func words(_ text: String) -> [String] {
    text.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
  }
}
