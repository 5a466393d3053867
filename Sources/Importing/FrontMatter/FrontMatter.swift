import Model

/// What stands between two lines of `---` at the start of a file, in YAML.
struct FrontMatter {
  var id: String?
  var slug: Slug?
  var title: String?
  var summary: String?
  var published: Instant?
  var updated: Instant?
  /// The names as written; nil where the key is missing.
  var topics: [Placed<String>]?
  var authors: [Person] = []
  var language: Language?
  var url: String?
  var image: String?
  var isDraft = false
  var isMinor = false
  var inDigest = true
  var erratum: String?
  var keepsTypography = false
  var enclosures: [Enclosure] = []

  /// The keys that an article may have.
  enum Key: String, CaseIterable {
    case title, date, updated, topics, authors, author, summary, language, url, image, slug, id
    case draft, minor, digest, erratum, typography, enclosures
  }
}

/// A value, and where in the file it stands.
struct Placed<Value> {
  var value: Value
  var place: Place
}

/// A line and a column of a file, from 1; columns count Unicode scalars.
struct Place: Equatable {
  var line: Int
  var column: Int
}
