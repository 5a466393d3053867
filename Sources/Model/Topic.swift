/// A subject with feeds of its own.
package struct Topic: Hashable, Sendable {
  package var slug: Slug
  package var title: String
  package var description: String
  /// The slugs of topics that this one has replaced: renamed or merged.
  package var was: [Slug]
  /// Whether the topic is closed: it keeps its feed and takes no more articles.
  package var isRetired: Bool

  package init(
    slug: Slug,
    title: String,
    description: String = "",
    was: [Slug] = [],
    isRetired: Bool = false
  ) {
    self.slug = slug
    self.title = title
    self.description = description
    self.was = was
    self.isRetired = isRetired
  }
}
