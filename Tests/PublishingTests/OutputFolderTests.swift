import Foundation
import Publishing
import TestSupport
import Testing

@Suite struct OutputFolderTests {
  let folder: TemporaryFolder
  var path: String { folder.file("feeds") }

  init() throws {
    folder = TemporaryFolder()
  }

  @Test func `documents appear with a manifest, and nothing else`() throws {
    let changes = try publish(["atom.xml": "un", "bielorussie/atom.xml": "deux"])
    #expect(changes.written.sorted() == ["atom.xml", "bielorussie/atom.xml"])
    #expect(try folder.names(in: "feeds") == [".feedgen", "atom.xml", "bielorussie"])
    #expect(try folder.names(in: "feeds/bielorussie") == ["atom.xml"])
    #expect(try folder.read("feeds/atom.xml") == "un")
    let line = "68bca10eea2ba33f6f15a6ab0c7df2a49051a6541f9118d468b0585d5d60398b 2 atom.xml"
    #expect(try folder.read("feeds/.feedgen").contains(line))
  }

  @Test func `an unchanged document keeps its time`() throws {
    try publish(["atom.xml": "un", "autre.xml": "deux"])
    let before = try modified("atom.xml")
    let changes = try publish(["atom.xml": "un", "autre.xml": "trois"])
    #expect(changes.written == ["autre.xml"])
    #expect(try modified("atom.xml") == before)
  }

  @Test func `a changed document is later by a second at least`() throws {
    try publish(["atom.xml": "un"])
    let before = try modified("atom.xml")
    try publish(["atom.xml": "deux"])
    let after = try modified("atom.xml")
    #expect(Int(after.timeIntervalSince1970) > Int(before.timeIntervalSince1970))
  }

  @Test func `what is no longer wanted goes, what is not ours stays`() throws {
    try publish(["atom.xml": "un", "autre.xml": "deux"])
    try folder.write("à moi", to: "feeds/robots.txt")
    let changes = try publish(["atom.xml": "un"])
    #expect(changes.removed == ["autre.xml"])
    #expect(try folder.names(in: "feeds") == [".feedgen", "atom.xml", "robots.txt"])
  }

  @Test func `a folder with other files in it is refused`() throws {
    try folder.write("à moi", to: "feeds/index.html")
    #expect(throws: PublishingError.notOurs(path: path)) { try publish(["atom.xml": "un"]) }
    #expect(try folder.names(in: "feeds") == ["index.html"])
  }

  @Test func `a file in the way is named and left alone`() throws {
    try publish(["atom.xml": "un"])
    try folder.write("à moi", to: "feeds/rss.xml")
    #expect(throws: PublishingError.inTheWay(path: "\(path)/rss.xml")) {
      try publish(["atom.xml": "deux", "rss.xml": "x"])
    }
    #expect(try folder.read("feeds/atom.xml") == "un")
    #expect(try folder.names(in: "feeds") == [".feedgen", "atom.xml", "rss.xml"], "no litter")
  }

  @Test func `a damaged manifest is named with its line`() throws {
    try publish(["atom.xml": "un"])
    let manifest = try folder.read("feeds/.feedgen")
    try folder.write(manifest + "../../etc/passwd\n", to: "feeds/.feedgen")
    #expect(throws: PublishingError.damagedManifest(path: "\(path)/.feedgen", line: 3)) {
      try publish(["atom.xml": "un"])
    }
  }

  @Test func `a publication that died is ended by the next, and then is over`() throws {
    try publish(["atom.xml": "un"])
    let manifest = try folder.read("feeds/.feedgen")
    try FileManager.default.moveItem(
      atPath: "\(path)/.feedgen",
      toPath: "\(path)/.feedgen.next"
    )
    #expect(!OutputFolder.isPublished(path))
    try publish(["atom.xml": "un"])
    #expect(OutputFolder.isPublished(path))
    #expect(try folder.read("feeds/.feedgen") == manifest)
    #expect(try folder.names(in: "feeds") == [".feedgen", "atom.xml"])
  }

  @Test func `only looking at a folder leaves nothing in it`() throws {
    _ = try OutputFolder(path: path)
    #expect(try folder.names(in: "feeds") == [])
  }

  @Test func `a large document is written through`() throws {
    let text = String(repeating: "é", count: 200_000)
    try publish(["atom.xml": text])
    #expect(try folder.read("feeds/atom.xml") == text)
  }

  @discardableResult
  private func publish(_ documents: [String: String]) throws -> PublishedChanges {
    let output = try OutputFolder(path: path)
    for (path, text) in documents.sorted(by: { $0.key < $1.key }) {
      var writer = try output.begin(path)
      try writer.write(Array(text.utf8).span)
      try output.end(writer)
    }
    return try output.publish(keeping: [])
  }

  private func modified(_ name: String) throws -> Date {
    let attributes = try FileManager.default.attributesOfItem(atPath: "\(path)/\(name)")
    return try #require(attributes[.modificationDate] as? Date)
  }
}
