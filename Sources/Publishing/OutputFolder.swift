import Cryptography
import Glibc

/// The folder that a web server serves: its files change whole or not at all.
///
/// Documents are written beside the files they will replace. Only when all are there and safe on
/// disk are they renamed, in the order in which they were begun; then the manifest follows. An
/// error before leaves every published file as it was.
package final class OutputFolder {
  private let folder: Folder
  private var manifest: Manifest
  private var staged: [StagedDocument] = []
  /// Whether the manifest is the last word on what lies here.
  private let isSettled: Bool
  /// Whether the folder is known as ours, also where this run dies.
  private var isClaimed: Bool

  /// Opens the output folder, or makes it.
  ///
  /// A folder that holds files, but no manifest of ours, is refused: nothing of another's is ever
  /// written over.
  package init(path: String) throws(PublishingError) {
    folder = try Folder(path: path)
    let published = try OutputFolder.manifest(Manifest.name, in: folder)
    let begun = try OutputFolder.manifest(Manifest.nextName, in: folder)
    if published == nil, begun == nil {
      guard try folder.isEmpty() else { throw .notOurs(path: path) }
    }
    manifest = published ?? Manifest()
    manifest.files.merge(begun?.files ?? [:]) { published, _ in published }
    isSettled = published != nil && begun == nil
    isClaimed = published != nil || begun != nil
  }

  deinit {
    // What was never published must not stay behind.
    for document in staged { try? folder.remove(document.temporaryName) }
  }

  /// Whether a folder was ever published to, and its manifest is still there.
  package static func isPublished(_ path: String) -> Bool {
    unsafe access("\(path)/\(Manifest.name)", F_OK) == 0
  }

  /// Begins a document; its folder is made where it is missing.
  package func begin(_ path: String) throws(PublishingError) -> DocumentWriter {
    precondition(isInside(path), "a document lies below the output folder")
    if !isClaimed { try write(manifest, to: Manifest.nextName) }
    isClaimed = true
    try makeFolders(above: path)
    if manifest.files[path] == nil, try folder.status(of: path) != nil {
      throw .inTheWay(path: folder.full(path))
    }
    let temporary = temporaryName(for: path)
    try folder.remove(temporary)
    staged.append(StagedDocument(path: path, temporaryName: temporary))
    return DocumentWriter(index: staged.count - 1, file: try folder.create(temporary))
  }

  /// Ends a document.
  ///
  /// One that is the same as the published file is dropped, so that file keeps its time.
  package func end(_ writer: consuming DocumentWriter) throws(PublishingError) {
    let index = writer.index
    let path = staged[index].path
    staged[index].sha256 = try writer.file.finish()
    staged[index].size = writer.file.size
    let published = try folder.status(of: path)
    if let published, published.st_size == writer.file.size,
      try folder.read(path).map(SHA256.hash) == staged[index].sha256
    {
      staged[index].isUnchanged = true
      try folder.remove(staged[index].temporaryName)
    } else {
      try writer.file.settle(newerThan: published?.st_mtim)
    }
  }

  /// Puts all documents in place, removes the files of ours that are no longer wanted, and writes
  /// the manifest.
  ///
  /// What is about to be renamed is written down before: a run that dies between leaves nothing
  /// behind that the next would take for another's.
  ///
  /// - Parameters:
  ///   - kept: documents published before that are still good, and were not written again.
  package func publish(keeping kept: Set<String>) throws(PublishingError) -> PublishedChanges {
    let next = nextManifest(keeping: kept)
    var changes = PublishedChanges(documents: staged.map(\.published))
    if !isSettled || next != manifest || !staged.allSatisfy(\.isUnchanged) {
      try write(next, to: Manifest.nextName)
      changes.written = try renameChanged()
      changes.removed = try remove(manifest.files.keys.filter { next.files[$0] == nil })
      try write(next, to: Manifest.name)
      try folder.remove(Manifest.nextName)
      try folder.sync("")
    }
    manifest = next
    staged = []
    return changes
  }

  private func nextManifest(keeping kept: Set<String>) -> Manifest {
    var next = Manifest()
    for path in kept { next.files[path] = manifest.files[path] }
    for document in staged { next.files[document.path] = document.line }
    return next
  }

  private func renameChanged() throws(PublishingError) -> [String] {
    let changed = staged.filter { !$0.isUnchanged }
    for document in changed {
      try folder.rename(document.temporaryName, to: document.path)
    }
    for folder in Set(changed.map { $0.path.split(separator: "/").dropLast() }) {
      try self.folder.sync(folder.joined(separator: "/"))
    }
    return changed.map(\.path)
  }

  private func remove(_ paths: [String]) throws(PublishingError) -> [String] {
    for path in paths { try folder.remove(path) }
    return paths.sorted()
  }

  private static func manifest(
    _ name: String,
    in folder: borrowing Folder
  ) throws(PublishingError) -> Manifest? {
    guard let bytes = try folder.read(name) else { return nil }
    return try Manifest(String(decoding: bytes, as: UTF8.self), path: folder.full(name))
  }

  private func write(_ manifest: Manifest, to name: String) throws(PublishingError) {
    let temporary = temporaryName(for: name)
    try folder.remove(temporary)
    var file = try folder.create(temporary)
    try file.write(Array(manifest.text.utf8).span)
    _ = try file.finish()
    try file.settle(newerThan: nil)
    try folder.rename(temporary, to: name)
  }

  private func makeFolders(above path: String) throws(PublishingError) {
    let names = path.split(separator: "/").dropLast()
    for count in 0..<names.count {
      try folder.makeFolder(names[...(names.startIndex + count)].joined(separator: "/"))
    }
  }

  private func temporaryName(for path: String) -> String {
    var names = path.split(separator: "/").map(String.init)
    let last = names.removeLast()
    // One name for all runs, of which one is at work at a time: what a dead one left is replaced.
    names.append(".\(last).tmp")
    return names.joined(separator: "/")
  }
}

/// A document on its way to its place.
package struct DocumentWriter: ~Copyable {
  let index: Int
  var file: OutputFile

  package mutating func write(_ bytes: Span<UInt8>) throws(PublishingError) {
    try file.write(bytes)
  }
}

/// A document that lies in its place.
package struct PublishedDocument: Equatable, Sendable {
  package var path: String
  package var sha256: [UInt8]
  package var size: Int64
}

/// What a publication did.
package struct PublishedChanges: Equatable, Sendable {
  /// All documents that were rendered, changed or not.
  package var documents: [PublishedDocument] = []
  package var written: [String] = []
  package var removed: [String] = []
}

private struct StagedDocument {
  var path: String
  var temporaryName: String
  var sha256: [UInt8] = []
  var size: Int64 = 0
  var isUnchanged = false

  var published: PublishedDocument {
    PublishedDocument(path: path, sha256: sha256, size: size)
  }

  var line: Manifest.Line {
    Manifest.Line(sha256: sha256.hexadecimal, size: size)
  }
}
