import Foundation
import TestSupport
import Testing

/// What a site published, read from the files alone, as a stranger would.
struct PublishedSite {
  /// Where `TestSite` and the sample say that their output is served.
  static let base = "https://veille.example.org/feeds/"

  /// Kept while its files are looked at.
  private let site: TemporaryFolder

  init(_ site: TemporaryFolder) { self.site = site }

  var folder: String { site.file("feeds") }

  /// A document on the way from the newest entries to the oldest.
  struct Document: Decodable {
    var path: String
    var ids: [String]
  }

  /// Follows a feed's links to the oldest document, in each format.
  func walk(_ feed: String = "") throws -> [String: [Document]] {
    let script = "\(Program.repository)/Tests/Readers/walk_archive.py"
    let result = try Program(path: "/usr/bin/env")
      .run(["python3", script, folder, PublishedSite.base, feed])
    try #require(result.status == 0, "\(result.errors)")
    return try JSONDecoder().decode([String: [Document]].self, from: Data(result.output.utf8))
  }

  /// The documents of all feeds that list an article.
  func documents(listing id: String, in feeds: [String]) throws -> Set<String> {
    let documents = try feeds.flatMap { try walk($0).values.joined() }
    return Set(documents.filter { $0.ids.contains(id) }.map(\.path))
  }

  /// When each file was written, and which it is: both change when it is replaced.
  func stamps() throws -> [String: Stamp] {
    var stamps: [String: Stamp] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: folder) {
      let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder)/\(path)")
      guard attributes[.type] as? FileAttributeType == .typeRegular else { continue }
      stamps[path] = Stamp(
        inode: attributes[.systemFileNumber] as? Int,
        modified: attributes[.modificationDate] as? Date
      )
    }
    return stamps
  }

  struct Stamp: Equatable {
    var inode: Int?
    var modified: Date?
  }

  /// The files of one kind, by the ends of their names.
  func paths(ending endings: String...) throws -> [String] {
    try filesBelow(folder).keys.filter { path in endings.contains { path.hasSuffix($0) } }.sorted()
  }
}

/// The paths whose values are not the same in both.
func differingPaths<Value: Equatable>(
  _ left: [String: Value],
  _ right: [String: Value]
) -> Set<String> {
  Set(left.keys).union(right.keys).filter { left[$0] != right[$0] }
}

extension TestSite {
  var published: PublishedSite { PublishedSite(folder) }
}

extension SampleSite {
  var published: PublishedSite { PublishedSite(folder) }
}
