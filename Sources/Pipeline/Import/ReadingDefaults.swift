package import Importing
package import Model

/// What holds for articles that do not state it themselves.
package struct ReadingDefaults: Sendable {
  package var topics: [Slug] = []
  package var published: Instant?
  /// What categories are here, whatever the source says.
  package var categories: [String: ReadingSettings.CategoryMeaning] = [:]

  package init() {}
}
