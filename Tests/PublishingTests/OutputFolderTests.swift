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
    let line = "46ac25ae11ec76da9cbe0aca032fc87d 2 atom.xml"
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
    #expect(try OutputFolder.checksum(path, witnesses: []) == nil)
    try publish(["atom.xml": "un"])
    #expect(try OutputFolder.checksum(path, witnesses: ["atom.xml"]) != nil)
    #expect(try OutputFolder.checksum(path, witnesses: ["rss.xml"]) == nil)
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

  @Test func `some documents change, the others stay`() throws {
    try publish(["atom.xml": "un", "autre.xml": "deux", "vieux.xml": "trois"])
    let changes = try publish(["atom.xml": "quatre"], .changes(removed: ["vieux.xml"]))
    #expect(changes.written == ["atom.xml"])
    #expect(changes.removed == ["vieux.xml"])
    #expect(try folder.names(in: "feeds") == [".feedgen", "atom.xml", "autre.xml"])
    let manifest = try folder.read("feeds/.feedgen")
    try publish(["atom.xml": "quatre", "autre.xml": "deux"])
    #expect(try folder.read("feeds/.feedgen") == manifest, "it tells nothing of the way")
  }

  @Test func `documents of a lower stage come into place first`() throws {
    let output = try OutputFolder(path: path)
    for (path, stage) in [("index.html", 2), ("atom.xml", 1), ("archive/1.atom.xml", 0)] {
      try output.end(try output.begin(path, stage: stage))
    }
    let changes = try output.publish(.everything)
    #expect(changes.written == ["archive/1.atom.xml", "atom.xml", "index.html"])
  }

  @Test func `a document that was put aside is written on`() throws {
    let output = try OutputFolder(path: path)
    let writer = try output.begin("atom.xml")
    for text in ["un ", "deux ", "trois"] {
      try writer.write(Array(text.utf8).span)
      try writer.putAside()
    }
    try output.end(writer)
    _ = try output.publish(.everything)
    #expect(try folder.read("feeds/atom.xml") == "un deux trois")
  }

  @Test func `compressed copies change with their documents, and go with them`() throws {
    try publish(["atom.xml": "un", "autre.xml": "deux"], precompressing: true)
    let names = [".feedgen", "atom.xml", "atom.xml.gz", "autre.xml", "autre.xml.gz"]
    #expect(try folder.names(in: "feeds") == names)
    let before = try modified("autre.xml.gz")
    let changes = try publish(["atom.xml": "trois", "autre.xml": "deux"], precompressing: true)
    #expect(changes.written == ["atom.xml", "atom.xml.gz"])
    #expect(try modified("autre.xml.gz") == before)
    let text = try runProgram("gzip", ["-dc", "\(path)/atom.xml.gz"])
    #expect(text.output == "trois")
    let last = try publish([:], .changes(removed: ["atom.xml"]), precompressing: true)
    #expect(last.removed == ["atom.xml", "atom.xml.gz"])
    #expect(try publish(["autre.xml": "deux"]).removed == ["autre.xml.gz"])
  }

  @Test func `what somebody removed or changed is found`() throws {
    try publish(["a.xml": "un", "b.xml": "deux", "c.xml": "trois"])
    #expect(try OutputFolder(path: path).differences() == [])
    try folder.write("deuX", to: "feeds/b.xml")
    try FileManager.default.removeItem(atPath: "\(path)/c.xml")
    #expect(try OutputFolder(path: path).differences() == ["b.xml", "c.xml"])
  }

  @Test func `a compressed copy that is damaged, or of other bytes, is made again`() throws {
    try publish(["atom.xml": "un"], precompressing: true)
    for spoil in [{ try folder.write("x", to: "feeds/atom.xml.gz") }, forgetManifest] {
      try spoil()
      try publish(["atom.xml": "un"], precompressing: true)
      #expect(try runProgram("gzip", ["-dc", "\(path)/atom.xml.gz"]).output == "un")
    }
  }

  /// As if a run had died after the document, and before its copy, came into place.
  private func forgetManifest() throws {
    let copy = try Data(contentsOf: URL(fileURLWithPath: "\(path)/atom.xml.gz"))
    try publish(["atom.xml": "deux"], precompressing: true)
    try folder.write("un", to: "feeds/atom.xml")
    try Data(copy.dropLast()).write(to: URL(fileURLWithPath: "\(path)/atom.xml.gz"))
    try FileManager.default.moveItem(atPath: "\(path)/.feedgen", toPath: "\(path)/.feedgen.next")
  }

  @Test func `what a run that died had put in place counts as written`() throws {
    try publish(["atom.xml": "un"])
    try folder.write("deux", to: "feeds/atom.xml")
    #expect(try publish(["atom.xml": "deux"]).written == ["atom.xml"])
  }

  @Test func `a link where a document belongs is replaced, and folders left empty go`() throws {
    try publish(["a/b/atom.xml": "un", "rss.xml": "deux"])
    try FileManager.default.removeItem(atPath: "\(path)/rss.xml")
    try FileManager.default.createSymbolicLink(
      atPath: "\(path)/rss.xml",
      withDestinationPath: "/etc/hostname"
    )
    #expect(try OutputFolder(path: path).differences() == ["rss.xml"])
    try publish(["rss.xml": "deux"])
    #expect(try folder.names(in: "feeds") == [".feedgen", "rss.xml"])
    #expect(try folder.read("feeds/rss.xml") == "deux")
  }

  @Test func `a manifest of the first format is understood`() throws {
    try publish(["atom.xml": "un", "autre.xml": "deux"])
    let old = """
      feedgen manifest 1: the files that feedgen wrote here
      68bca10eea2ba33f6f15a6ab0c7df2a49051a6541f9118d468b0585d5d60398b 2 atom.xml
      68bca10eea2ba33f6f15a6ab0c7df2a49051a6541f9118d468b0585d5d60398b 4 autre.xml

      """
    try folder.write(old, to: "feeds/.feedgen")
    #expect(try publish(["atom.xml": "un"]).removed == ["autre.xml"])
  }

  @discardableResult
  private func publish(
    _ documents: [String: String],
    _ scope: PublicationScope = .everything,
    precompressing: Bool = false
  ) throws -> PublishedChanges {
    let output = try OutputFolder(path: path, isPrecompressing: precompressing)
    for (path, text) in documents.sorted(by: { $0.key < $1.key }) {
      let writer = try output.begin(path)
      try writer.write(Array(text.utf8).span)
      try output.end(writer)
    }
    return try output.publish(scope)
  }

  private func modified(_ name: String) throws -> Date {
    let attributes = try FileManager.default.attributesOfItem(atPath: "\(path)/\(name)")
    return try #require(attributes[.modificationDate] as? Date)
  }
}
