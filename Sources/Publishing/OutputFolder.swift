import Compression
import Cryptography
import Glibc

/// The folder that a web server serves: its files change whole or not at all.
///
/// Documents are written beside the files they will replace. Only when all are there and safe on
/// disk are they renamed; then the manifest follows. An error before leaves every published file as
/// it was.
package final class OutputFolder {
  private let folder: Folder
  private let isPrecompressing: Bool
  /// What the last publication that came to its end left here.
  private let published: Manifest
  /// What lies here, or may lie here: what a run that died had begun is in it too.
  private var manifest: Manifest
  private var staged: [StagedDocument] = []
  private var madeFolders: Set<String> = []
  /// Whether the manifest is the last word on what lies here.
  private let isSettled: Bool
  /// Whether the folder is known as ours, also where this run dies.
  private var isClaimed: Bool

  /// Opens the output folder, or makes it.
  ///
  /// A folder that holds files, but no manifest of ours, is refused: nothing of another's is ever
  /// written over.
  ///
  /// - Parameters:
  ///   - isPrecompressing: whether each document gets a `.gz` copy beside it.
  package init(path: String, isPrecompressing: Bool = false) throws(PublishingError) {
    folder = try Folder(path: path)
    self.isPrecompressing = isPrecompressing
    let published = try OutputFolder.manifest(Manifest.name, in: folder)
    let begun = try OutputFolder.manifest(Manifest.nextName, in: folder)
    if published == nil, begun == nil {
      guard try folder.isEmpty() else { throw .notOurs(path: path) }
    }
    self.published = published ?? Manifest()
    manifest = self.published.adding(begun ?? Manifest())
    isSettled = published != nil && begun == nil
    isClaimed = published != nil || begun != nil
  }

  deinit {
    // What was never published must not stay behind.
    for document in staged { try? folder.remove(temporaryName(for: document.path)) }
  }

  /// The checksum of a folder's manifest: the same as long as nobody but the last publication has
  /// written there.
  ///
  /// - Parameter witnesses: files that lie in any folder of ours.
  /// - Returns: nil where nothing was published, a publication died, or a witness is missing.
  package static func checksum(
    _ path: String,
    witnesses: [String]
  ) throws(PublishingError) -> String? {
    guard unsafe access("\(path)/\(Manifest.name)", F_OK) == 0,
      unsafe access("\(path)/\(Manifest.nextName)", F_OK) != 0,
      witnesses.allSatisfy({ unsafe access("\(path)/\($0)", F_OK) == 0 })
    else { return nil }
    return try Folder(path: path).checksum(of: Manifest.name)?.hexadecimal
  }

  /// The files that are ours, in the order of their paths.
  package var paths: [String] { manifest.paths }

  /// The bytes of a file, whoever wrote it; nil where there is none.
  package func contents(of path: String) throws(PublishingError) -> [UInt8]? {
    try folder.read(path)
  }

  /// Whether there is a file, whoever wrote it.
  package func contains(_ path: String) -> Bool {
    isInside(path.utf8) && (try? folder.status(of: path)) != nil
  }

  /// The files that are missing, or not as they were written.
  package func differences() throws(PublishingError) -> [String] {
    var different: [String] = []
    for path in manifest.paths {
      let checksum = try folder.checksum(of: path)
      if checksum?.hexadecimal != manifest[path]?.checksum { different.append(path) }
    }
    return different
  }

  /// Begins a document; its folder is made where it is missing.
  ///
  /// - Parameters:
  ///   - path: below the output folder.
  ///   - stage: documents of a lower stage are in place before those of a higher one, which may
  ///     link to them.
  package func begin(_ path: String, stage: Int = 0) throws(PublishingError) -> DocumentWriter {
    precondition(isInside(path.utf8), "a document lies below the output folder")
    if !isClaimed { try write(manifest, to: Manifest.nextName) }
    isClaimed = true
    try makeFolders(above: path)
    if manifest[path] == nil, try folder.status(of: path) != nil {
      throw .inTheWay(path: folder.full(path))
    }
    let temporary = temporaryName(for: path)
    try folder.remove(temporary)
    staged.append(StagedDocument(path: path, stage: stage))
    return DocumentWriter(index: staged.count - 1, file: try folder.create(temporary))
  }

  /// Ends a document.
  ///
  /// One that is the same as the published file is dropped, so that file keeps its time.
  package func end(_ writer: DocumentWriter) throws(PublishingError) {
    let path = staged[writer.index].path
    let checksum = try writer.file.finish()
    staged[writer.index].entry =
      Manifest.Entry(checksum: checksum.hexadecimal, size: writer.file.size)
    let published = try folder.status(of: path)
    if let published, published.st_size == writer.file.size,
      try folder.checksum(of: path) == checksum
    {
      staged[writer.index].isUnchanged = true
      try folder.remove(temporaryName(for: path))
    } else {
      try writer.file.settle(newerThan: published?.st_mtim)
    }
    try writer.file.putAside()
    if isPrecompressing, !staged[writer.index].isCompressed { try compress(writer.index) }
  }

  /// Puts all documents in place, removes those that are no longer wanted, and writes the manifest.
  ///
  /// What is about to be renamed is written down before: a run that dies between leaves nothing
  /// behind that the next would take for another's.
  package func publish(_ scope: PublicationScope) throws(PublishingError) -> PublishedChanges {
    let next = nextManifest(scope)
    var changes = PublishedChanges()
    if !isSettled || next != manifest || !staged.allSatisfy(\.isUnchanged) {
      try write(next, to: Manifest.nextName)
      try renameChanged()
      // With what a run that died had put in place, and nobody has been told of.
      changes.written = staged.filter { !$0.isUnchanged || published[$0.path] != $0.entry }
        .sorted { $0.stage < $1.stage }.map(\.path)
      changes.removed = try removeUnwanted(scope, next)
      try folder.rename(Manifest.nextName, to: Manifest.name)
      try folder.sync([""])
    }
    manifest = next
    staged = []
    return changes
  }

  private func nextManifest(_ scope: PublicationScope) -> Manifest {
    let written = staged.map { ($0.path, $0.entry) }
    switch scope {
    case .everything:
      return Manifest().applying(Dictionary(written) { _, last in last })
    case .changes(let removed):
      let gone = removed.flatMap { [$0, $0 + ".gz"] }.map { ($0, nil as Manifest.Entry?) }
      return manifest.applying(Dictionary(gone + written) { _, last in last })
    }
  }

  private func renameChanged() throws(PublishingError) {
    let changed = staged.filter { !$0.isUnchanged }.sorted { $0.stage < $1.stage }
    try folder.sync(changed.map { temporaryName(for: $0.path) })
    for document in changed {
      try folder.rename(temporaryName(for: document.path), to: document.path)
    }
    try folder.sync(Set(changed.map { folderName(of: $0.path) }).sorted())
  }

  private func removeUnwanted(
    _ scope: PublicationScope,
    _ next: Manifest
  ) throws(PublishingError) -> [String] {
    let candidates =
      switch scope {
      case .everything: manifest.paths
      case .changes(let removed): removed.flatMap { [$0, $0 + ".gz"] }
      }
    let unwanted = candidates.filter { next[$0] == nil && manifest[$0] != nil }
    for path in unwanted {
      try folder.remove(path)
      folder.removeEmptyFolders(above: path)
    }
    return unwanted
  }

  /// What is known of the compressed copy of a document, if it is of the same bytes and sound.
  private func copy(of document: StagedDocument) throws(PublishingError) -> Manifest.Entry? {
    let path = document.path + ".gz"
    guard isSettled, document.isUnchanged, manifest[document.path] == document.entry,
      let copy = manifest[path], try folder.checksum(of: path)?.hexadecimal == copy.checksum
    else { return nil }
    return copy
  }

  /// Writes the compressed copy of a document that was ended, unless it has one.
  private func compress(_ index: Int) throws(PublishingError) {
    let document = staged[index]
    let path = document.path + ".gz"
    if let entry = try copy(of: document) {
      staged.append(StagedDocument(path: path, stage: document.stage, entry: entry))
      staged[staged.count - 1].isUnchanged = true
      return
    }
    let writer = try begin(path, stage: document.stage)
    staged[writer.index].isCompressed = true
    let source = document.isUnchanged ? document.path : temporaryName(for: document.path)
    try compress(source, into: writer)
    try end(writer)
  }

  private func compress(_ name: String, into writer: DocumentWriter) throws(PublishingError) {
    var gzip = Gzip()
    _ = try folder.eachPiece(of: name) { piece throws(PublishingError) in
      try gzip.compress(piece) { compressed throws(PublishingError) in
        try writer.write(compressed)
      }
    }
    try gzip.finish { compressed throws(PublishingError) in try writer.write(compressed) }
  }

  private static func manifest(
    _ name: String,
    in folder: borrowing Folder
  ) throws(PublishingError) -> Manifest? {
    guard let bytes = try folder.read(name) else { return nil }
    return try Manifest(bytes, path: folder.full(name))
  }

  private func write(_ manifest: Manifest, to name: String) throws(PublishingError) {
    let temporary = temporaryName(for: name)
    try folder.remove(temporary)
    var file = try folder.create(temporary)
    try file.write(manifest.bytes.span)
    _ = try file.finish()
    try file.settle(newerThan: nil)
    try folder.sync([temporary])
    try folder.rename(temporary, to: name)
  }

  private func makeFolders(above path: String) throws(PublishingError) {
    let name = folderName(of: path)
    guard !name.isEmpty, !madeFolders.contains(name) else { return }
    try makeFolders(above: name)
    try folder.makeFolder(name)
    madeFolders.insert(name)
  }
}

/// One name for all runs, of which one is at work at a time: what a dead one left is replaced.
private func temporaryName(for path: String) -> String {
  guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return ".\(path).tmp" }
  return "\(path[...slash]).\(path[slash...].dropFirst()).tmp"
}

private func folderName(of path: String) -> String {
  path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[..<$0]) } ?? ""
}
