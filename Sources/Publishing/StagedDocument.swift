/// A document that is written, and not in its place yet.
struct StagedDocument {
  let path: String
  /// Those of a lower stage come into place first.
  let stage: Int
  var entry = Manifest.Entry(checksum: "", size: 0)
  var isUnchanged = false
  /// Whether it is the compressed copy of another.
  var isCompressed = false
}

/// A document on its way to its place.
package final class DocumentWriter {
  let index: Int
  var file: OutputFile

  init(index: Int, file: consuming OutputFile) {
    self.index = index
    self.file = file
  }

  package func write(_ bytes: Span<UInt8>) throws(PublishingError) {
    try file.write(bytes)
  }

  /// Closes its file until there is more to write: only so many can be open at once.
  package func putAside() throws(PublishingError) {
    try file.putAside()
  }
}

/// What a publication is about.
package enum PublicationScope {
  /// All documents were written; of those published before, no other stays.
  case everything
  /// Some were written; those at these paths go, all others stay.
  case changes(removed: [String])
}

/// What a publication did, by paths below the output folder.
package struct PublishedChanges: Equatable, Sendable {
  package var written: [String] = []
  package var removed: [String] = []
}
