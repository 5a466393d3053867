/// Which files of the output folder are ours: a text file beside them, one line a file.
///
/// A line has the file's checksum (XXH3, 128 bits), its size in bytes and its path, separated by
/// spaces; the lines are in the order of the paths. It holds no time and no machine's name, so the
/// same site gives the same manifest anywhere. A site may have many thousand files, so the text is
/// kept as it is, with the places of its lines.
struct Manifest: Equatable {
  /// A file that lies in the output folder.
  struct Entry: Equatable {
    /// In hexadecimal digits.
    var checksum: String
    var size: Int64
  }

  static let name = ".feedgen"
  /// The manifest that is on its way: what it lists may be there already, and is ours too.
  static let nextName = ".feedgen.next"
  private static let header = Array("feedgen manifest 2: the files that feedgen wrote here\n".utf8)
  /// Its checksums were SHA-256, which no file has any more.
  private static let oldHeader =
    Array("feedgen manifest 1: the files that feedgen wrote here\n".utf8)

  private(set) var bytes: [UInt8]
  private var lines: [Line]

  init() {
    bytes = Manifest.header
    lines = []
  }

  /// Reads a manifest's text; `path` is for the error.
  init(_ bytes: [UInt8], path: String) throws(PublishingError) {
    guard bytes.starts(with: Manifest.header) || bytes.starts(with: Manifest.oldHeader) else {
      throw .damagedManifest(path: path, line: 1)
    }
    self.bytes = bytes
    lines = []
    var start = Manifest.header.count
    while start < bytes.count {
      guard let line = Line(at: start, of: bytes), isInside(bytes[line.path]) else {
        throw .damagedManifest(path: path, line: lines.count + 2)
      }
      lines.append(line)
      start = line.end
    }
    let sorted = lines.indices.dropFirst().allSatisfy { isBefore(lines[$0 - 1], lines[$0]) }
    guard sorted else { throw .damagedManifest(path: path, line: 2) }
  }

  static func == (left: Manifest, right: Manifest) -> Bool { left.bytes == right.bytes }

  var paths: [String] {
    lines.map { String(decoding: bytes[$0.path], as: UTF8.self) }
  }

  /// What is known of a file; nil where it is not ours.
  subscript(path: String) -> Entry? {
    let key = Array(path.utf8)
    var low = 0
    var high = lines.count
    while low < high {
      let middle = (low + high) / 2
      if bytes[lines[middle].path].lexicographicallyPrecedes(key) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    guard low < lines.count, bytes[lines[low].path].elementsEqual(key) else { return nil }
    return entry(of: lines[low])
  }

  /// The manifest with other files: nil for one that goes.
  func applying(_ changes: [String: Entry?]) -> Manifest {
    var next = Manifest()
    next.bytes.reserveCapacity(bytes.count + changes.count * 100)
    var rest = lines[...]
    for (key, change) in changes.map({ (Array($0.key.utf8), $0.value) })
      .sorted(by: { $0.0.lexicographicallyPrecedes($1.0) })
    {
      while let line = rest.first, bytes[line.path].lexicographicallyPrecedes(key) {
        next.append(line, of: bytes)
        rest.removeFirst()
      }
      if let line = rest.first, bytes[line.path].elementsEqual(key) { rest.removeFirst() }
      if let change { next.append(change, path: key) }
    }
    for line in rest { next.append(line, of: bytes) }
    return next
  }

  /// The manifest with the files of another that it does not have.
  func adding(_ other: Manifest) -> Manifest {
    let missing = other.paths.filter { self[$0] == nil }
    guard !missing.isEmpty else { return self }
    return applying(Dictionary(missing.map { ($0, other[$0]) }) { first, _ in first })
  }

  private mutating func append(_ line: Line, of other: [UInt8]) {
    let shift = bytes.count - line.start
    bytes += other[line.start..<line.end]
    lines.append(line.moved(by: shift))
  }

  private mutating func append(_ entry: Entry, path: [UInt8]) {
    let start = bytes.count
    bytes += Array("\(entry.checksum) \(entry.size) ".utf8)
    lines.append(Line(start: start, pathStart: bytes.count, end: bytes.count + path.count + 1))
    bytes += path
    bytes.append(UInt8(ascii: "\n"))
  }

  private func entry(of line: Line) -> Entry? {
    let fields = bytes[line.start..<line.pathStart].split(separator: UInt8(ascii: " "))
    guard fields.count == 2, let size = Int64(String(decoding: fields[1], as: UTF8.self))
    else { return nil }
    return Entry(checksum: String(decoding: fields[0], as: UTF8.self), size: size)
  }

  private func isBefore(_ left: Line, _ right: Line) -> Bool {
    bytes[left.path].lexicographicallyPrecedes(bytes[right.path])
  }
}

/// Where a line of a manifest stands in its bytes.
private struct Line {
  var start: Int
  var pathStart: Int
  /// After the line feed.
  var end: Int

  var path: Range<Int> { pathStart..<end - 1 }

  init(start: Int, pathStart: Int, end: Int) {
    self.start = start
    self.pathStart = pathStart
    self.end = end
  }

  /// Finds the parts of a line; nil where it has not all of them.
  init?(at start: Int, of bytes: [UInt8]) {
    let rest = bytes[start...]
    guard let end = rest.firstIndex(of: UInt8(ascii: "\n")),
      let sizeStart = rest[..<end].firstIndex(of: UInt8(ascii: " ")),
      let pathStart = rest[(sizeStart + 1)..<end].firstIndex(of: UInt8(ascii: " ")),
      [32, 64].contains(sizeStart - start), pathStart > sizeStart + 1,
      bytes[(sizeStart + 1)..<pathStart].allSatisfy(
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains
      )
    else { return nil }
    self.init(start: start, pathStart: pathStart + 1, end: end + 1)
  }

  func moved(by shift: Int) -> Line {
    Line(start: start + shift, pathStart: pathStart + shift, end: end + shift)
  }
}

/// Whether a path stays below the folder it is relative to.
func isInside(_ path: some Collection<UInt8>) -> Bool {
  path.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    .allSatisfy { !$0.isEmpty && !$0.elementsEqual(".".utf8) && !$0.elementsEqual("..".utf8) }
}
