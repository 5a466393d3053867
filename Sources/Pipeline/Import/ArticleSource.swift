package import Importing
package import Model

/// Where articles come from, as the configuration has it.
package enum ArticleSource: Hashable, Sendable {
  case folder(FolderSource)
  case export(ExportSource)
  case feed(RemoteSource)
  case page(RemoteSource)

  /// As people name it.
  package var name: String {
    switch self {
    case .folder(let folder): folder.name
    case .export(let export): export.name
    case .feed(let remote), .page(let remote): remote.address
    }
  }

  /// What the store calls it; that of an export is in its files.
  var storeName: String {
    switch self {
    case .folder(let folder): folder.name
    case .export(let export): export.name
    case .feed(let remote): SourceKind.feed.name(of: remote.address)
    case .page(let remote): SourceKind.page.name(of: remote.address)
    }
  }

  /// Whether it lies on another machine.
  package var isRemote: Bool {
    switch self {
    case .folder, .export: false
    case .feed, .page: true
    }
  }
}

/// A folder that articles are read from.
package struct FolderSource: Hashable, Sendable {
  /// Its permanent name, as the configuration has it: `articles/`.
  package var name: String
  package var path: String

  package init(name: String, path: String) {
    self.name = name
    self.path = path
  }
}

/// An export of WordPress, in one file or several.
package struct ExportSource: Hashable, Sendable {
  /// As the configuration has it.
  package var name: String
  package var paths: [String]
  package var selection: WordPressExport.Selection
  package var topics: EntryTopics

  package init(
    name: String,
    paths: [String],
    selection: WordPressExport.Selection,
    topics: EntryTopics
  ) {
    self.name = name
    self.paths = paths
    self.selection = selection
    self.topics = topics
  }
}

/// A feed or a page on the web.
package struct RemoteSource: Hashable, Sendable {
  package var address: String
  /// Where it was before: its articles stay what they are.
  package var was: [String]
  /// How often it is asked at most.
  package var interval: Interval
  package var topics: EntryTopics

  package init(address: String, was: [String], interval: Interval, topics: EntryTopics) {
    self.address = address
    self.was = was
    self.interval = interval
    self.topics = topics
  }
}

/// Which topics the entries of a source have.
package struct EntryTopics: Hashable, Sendable {
  /// Of entries whose categories are no topic.
  package var standard: [Slug]
  /// What categories are here, by their names.
  package var categories: [String: ReadingSettings.CategoryMeaning]

  package init(
    standard: [Slug] = [],
    categories: [String: ReadingSettings.CategoryMeaning] = [:]
  ) {
    self.standard = standard
    self.categories = categories
  }
}
