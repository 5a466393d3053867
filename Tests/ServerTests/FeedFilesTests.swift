import Foundation
import HTTPTypes
import Model
import TestSupport
import Testing

@testable import Server

/// The published files, as a careful web server gives them out.
@Suite struct FeedFilesTests {
  private let door: DoorUnderTest

  init() throws {
    door = try DoorUnderTest { settings in
      settings.outputPath += "/feeds"
      settings.renamed = [Slug("belarus")!: Slug("bielorussie")!]
    }
    try door.folder.write("<feed/>", to: "feeds/atom.xml")
    try door.folder.write("{}", to: "feeds/bielorussie/feed.json")
    try door.folder.write("<feed/>", to: "feeds/bielorussie/archive/1.atom.xml")
    try door.folder.write("<!DOCTYPE html>", to: "feeds/index.html")
    try door.folder.write("<!DOCTYPE html>", to: "feeds/bielorussie/index.html")
    try door.folder.write("secret", to: "feeds/.feedgen")
    try door.folder.write("secret", to: "secret.txt")
  }

  @Test(arguments: [
    ("atom.xml", "application/atom+xml; charset=utf-8", "public, max-age=900"),
    ("bielorussie/feed.json", "application/feed+json; charset=utf-8", "public, max-age=900"),
    (
      "bielorussie/archive/1.atom.xml", "application/atom+xml; charset=utf-8",
      "public, max-age=86400"
    ),
    ("", "text/html; charset=utf-8", "public, max-age=900"),
    ("bielorussie/", "text/html; charset=utf-8", "public, max-age=900"),
  ])
  func `a file has its type and how long it is fresh`(
    path: String,
    type: String,
    cache: String
  ) async throws {
    let answer = try await door.ask(.get, "/feeds/" + path)
    #expect(answer.status == 200)
    #expect(answer.headers[.contentType] == type)
    #expect(answer.headers[.cacheControl] == cache)
    #expect(answer.headers[.eTag]?.hasPrefix("\"") == true, "a strong one")
  }

  @Test func `who has a version already gets none again`() async throws {
    let first = try await door.ask(.get, "/feeds/atom.xml")
    #expect(first.body == "<feed/>")
    let tag = try #require(first.headers[.eTag])
    let date = try #require(first.headers[.lastModified])
    for fields: HTTPFields in [
      [.ifNoneMatch: tag], [.ifNoneMatch: "\"x\", W/\(tag)"], [.ifNoneMatch: "*"],
      [.ifModifiedSince: date],
    ] {
      let answer = try await door.ask(.get, "/feeds/atom.xml", headers: fields)
      #expect(answer.status == 304 && answer.body.isEmpty, "\(fields)")
      #expect(answer.headers[.eTag] == tag)
    }
    let other: HTTPFields = [.ifNoneMatch: "\"x\"", .ifModifiedSince: date]
    #expect(try await door.ask(.get, "/feeds/atom.xml", headers: other).status == 200)
    let head = try await door.ask(.head, "/feeds/atom.xml")
    #expect(head.status == 200 && head.body.isEmpty)
    #expect(head.headers[.contentLength] == "7" && head.headers[.eTag] == tag)
  }

  @Test func `a gzip sibling is sent to who takes it, with a tag of its own`() async throws {
    try door.folder.write("packed", to: "feeds/atom.xml.gz")
    let plain = try await door.ask(.get, "/feeds/atom.xml")
    let packed = try await door.ask(
      .get,
      "/feeds/atom.xml",
      headers: [.acceptEncoding: "br, gzip;q=0.5"]
    )
    #expect(packed.body == "packed")
    #expect(packed.headers[.contentEncoding] == "gzip")
    #expect(packed.headers[.contentType] == plain.headers[.contentType])
    #expect(packed.headers[.eTag] != plain.headers[.eTag])
    let refused = try await door.ask(
      .get,
      "/feeds/atom.xml",
      headers: [.acceptEncoding: "gzip;q=0"]
    )
    #expect(refused.body == "<feed/>")
  }

  @Test func `a topic that has another name leads there`() async throws {
    let answer = try await door.ask(.get, "/feeds/belarus/atom.xml")
    #expect(answer.status == 301)
    #expect(
      answer.headers[.location] == "https://veille.example.org/feeds/bielorussie/atom.xml"
    )
  }

  @Test func `a folder without its slash leads to the folder`() async throws {
    let answer = try await door.ask(.get, "/feeds/bielorussie")
    #expect(answer.status == 301)
    #expect(answer.headers[.location] == "https://veille.example.org/feeds/bielorussie/")
  }

  @Test(arguments: [
    "/feeds/../secret.txt", "/feeds/%2e%2e/secret.txt", "/feeds/..%2fsecret.txt",
    "/feeds/.feedgen", "/feeds/%2efeedgen", "/feeds//atom.xml", "/feeds/./atom.xml",
    "/feeds/atom.xml%00", "/feeds/%00", "/feeds/a%0d%0ab", "/feeds/\\..\\secret.txt", "/feeds/%",
    "/feeds/%zz", "/feeds/%ff", "/feeds/..", "/feeds/nothing", "/feeds/atom.xml/",
    "/secret.txt",
    "/", "//", "", "*", "http://other.example/feeds/atom.xml", "/feeds/bielorussie/../.feedgen",
  ])
  func `no path leads to a hidden file or out of the folder`(path: String) async throws {
    let answer = try await door.ask(.get, path)
    #expect(answer.status == 404)
    #expect(!answer.body.contains("secret"))
    #expect(answer.body.contains("Page introuvable"))
  }

  @Test func `a link in the folder is not followed`() async throws {
    try FileManager.default.createSymbolicLink(
      atPath: door.folder.file("feeds/link.xml"),
      withDestinationPath: door.folder.file("secret.txt")
    )
    #expect(try await door.ask(.get, "/feeds/link.xml").status == 404)
  }
}
