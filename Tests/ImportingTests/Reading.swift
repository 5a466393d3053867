import Foundation
import Importing
import Model
import TestSupport
import Testing

/// The sample publication's topics.
let sampleTopics: [Topic] = [
  ("amerique-latine", "Amérique latine", ["amerique-du-sud"]),
  ("bielorussie", "Biélorussie", []),
]
.compactMap { slug, title, was in
  Slug(slug).map { Topic(slug: $0, title: title, was: was.compactMap { Slug($0) }) }
}

let sampleSettings = ReadingSettings(zone: .paris2026, language: .french, topics: sampleTopics)

/// Reads a text as the file `articles/NAME`.
func draft(
  _ text: String,
  named name: String = "note.md",
  _ settings: ReadingSettings = sampleSettings
) throws(ImportProblems) -> ArticleDraft {
  try draft(bytes: Array(text.utf8), named: name, settings)
}

func draft(
  bytes: [UInt8],
  named name: String,
  _ settings: ReadingSettings = sampleSettings
) throws(ImportProblems) -> ArticleDraft {
  try ArticleReader(settings: settings).draft(
    of: bytes,
    origin: Article.Origin(source: "articles/", key: name),
    path: "articles/\(name)"
  )
}

/// What is wrong with a text, as it is printed.
func problems(_ text: String, named name: String = "note.md") -> [String] {
  do {
    _ = try draft(text, named: name)
    return []
  } catch {
    return error.problems.map(\.description)
  }
}

/// The repository's root.
let repository = URL(filePath: #filePath).deletingLastPathComponent()
  .deletingLastPathComponent().deletingLastPathComponent()

func files(in folder: URL, ending suffix: String) -> [URL] {
  let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
  return names.filter { $0.hasSuffix(suffix) }.sorted().map { folder.appending(path: $0) }
}
