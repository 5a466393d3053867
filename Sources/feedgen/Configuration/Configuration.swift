import Model
import Pipeline

/// A site's folder and what its `feedgen.yaml` says, checked.
struct Configuration: Sendable {
  var site: Site
  /// Holds `feedgen.yaml`; absolute, as all paths here.
  var folder: String
  var sources: [ArticleSource]
  /// Hosts of the operator’s own network that sources may lie on: `intranet:8080`.
  var allowedHosts: [String]
  var storePath: String
  var outputPath: String
  /// The Maildir that messages are written to while no relay is set.
  var outboxPath: String
  var relay: RelaySettings?
  /// Where reports on mail that came back lie; nil where it is said with each command.
  var returnedMail: MailboxPlace?
  /// The reader's door; nil where there is none.
  var server: DoorSettings?
  var keysFolder: String

  static let fileName = "feedgen.yaml"
}

extension Configuration {
  /// The folders and files that articles are read from.
  var sourcePaths: [String] {
    sources.flatMap { source -> [String] in
      switch source {
      case .folder(let folder): [folder.path]
      case .export(let export): export.paths
      case .feed, .page: []
      }
    }
  }
}
