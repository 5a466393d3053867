import Foundation
import Model
import TestSupport
import Testing

@testable import feedgen

@Suite struct InitTests {
  @Test(arguments: [
    ("Veille: la « lettre » \"d’hiver\" \\ #1", "fr", "Europe/Paris", "actualites"),
    ("no", "en", "UTC", "news"), ("Отпечаток", "be", "Europe/Minsk", "news"),
  ])
  func `a new site can be loaded`(
    title: String,
    language: String,
    timezone: String,
    topic: String
  ) throws {
    let folder = TemporaryFolder()
    let path = "\(folder.path)/site"
    let site = NewSite(
      folder: path,
      title: title,
      url: "https://Veille.example.org",
      language: language,
      timezone: timezone
    )
    try site.make(asOf: ConfigurationSample.now)
    let configuration = try Configuration.load(siteFolder: path, asOf: ConfigurationSample.now)
    #expect(configuration.site.title == title)
    #expect(configuration.site.url == "https://veille.example.org/")
    #expect(configuration.site.language.tag == language)
    #expect(configuration.site.zone.identifier == timezone)
    #expect(configuration.site.id == "tag:veille.example.org,2026:")
    #expect(configuration.site.topics.map(\.slug.text) == [topic])
    #expect(configuration.site.mail?.from.address.description == "newsletter@veille.example.org")
    _ = try Keys.load(folder: configuration.keysFolder, create: false)
    let articles = try FileManager.default.contentsOfDirectory(atPath: "\(path)/articles")
    let article = try String(
      contentsOfFile: "\(path)/articles/\(articles[0])",
      encoding: .utf8
    )
    #expect(article.contains("date: 2026-11-21\n"))
    #expect(article.contains("topics: [\(topic)]\n"))
  }

  @Test func `nothing that is there is overwritten`() throws {
    let folder = TemporaryFolder()
    try folder.write("mine", to: "feedgen.yaml")
    let path = folder.path
    #expect(throws: NewSiteError.exists("\(path)/feedgen.yaml")) {
      try NewSite(
        folder: path,
        title: "A",
        url: "https://a.org",
        language: "fr",
        timezone: "UTC"
      ).make(asOf: ConfigurationSample.now)
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: path)
    #expect(names == ["feedgen.yaml"])
  }

  @Test func `a wrong option leaves nothing behind`() throws {
    let folder = TemporaryFolder()
    let path = "\(folder.path)/site"
    let error = #expect(throws: NewSiteError.self) {
      try NewSite(folder: path, title: "A", url: "a.org", language: "fr", timezone: "Mars")
        .make(asOf: ConfigurationSample.now)
    }
    #expect(error?.description.contains("Mars") == true)
    #expect(!FileManager.default.fileExists(atPath: path))
  }
}
