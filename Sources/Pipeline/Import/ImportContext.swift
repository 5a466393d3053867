import Importing
import Model
import Store

/// What all sources of one import share.
struct ImportContext {
  let store: any SourceStore
  let site: Site
  let options: ImportOptions
  let defaults: ReadingDefaults
  let asOf: Instant
  /// The real time.
  let now: Instant
  /// Whether readers have seen nothing yet: then nothing is archive material.
  let isFirst: Bool
  /// The names of the sources that the site has now.
  let sources: Set<String>
  let progress: (String) -> Void
  let shouldStop: () -> Bool

  /// - Parameter topics: what a source says of its entries' topics.
  func reader(_ topics: EntryTopics = EntryTopics()) -> ArticleReader {
    var settings = ReadingSettings(
      zone: site.zone,
      language: site.language,
      topics: site.topics,
      defaultTopics: topics.standard.isEmpty ? defaults.topics : topics.standard,
      defaultPublished: defaults.published
    )
    for (category, meaning) in topics.categories { settings.setMeaning(of: category, meaning) }
    for (category, meaning) in defaults.categories { settings.setMeaning(of: category, meaning) }
    return ArticleReader(settings: settings)
  }
}
