import Model

/// A site's folder and what its `feedgen.yaml` says, checked.
struct Configuration: Sendable {
  /// A folder that articles are read from.
  struct FolderSource: Hashable, Sendable {
    /// As it is written in the configuration, with a slash at its end: `articles/`.
    var name: String
    /// Absolute.
    var path: String
  }

  var site: Site
  /// Holds `feedgen.yaml`; absolute, as all paths here.
  var folder: String
  var sources: [FolderSource]
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
