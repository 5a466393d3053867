import Foundation
import Model

/// The articles of a dataset as a site of Hugo, with the least that its layouts can be.
///
/// Hugo gets what makes it quick: HTML that needs no Markdown, summaries that are written already,
/// one file a page, and none of the pages, maps and lists that it makes unasked.
struct HugoSite {
  let dataset: Dataset
  let path: String

  var command: [String] {
    ["hugo", "--quiet", "--ignoreCache", "--buildFuture"]
      + ["--source", path, "--destination", output, "--cacheDir", "\(path)/cache"]
  }

  var output: String { "\(path)/public" }

  func write() throws {
    let files = FileManager.default
    try files.write(HugoSite.configuration, to: "\(path)/config.yaml")
    try files.write(HugoSite.single, to: "\(path)/layouts/_default/single.html")
    try files.write(HugoSite.list, to: "\(path)/layouts/_default/list.html")
    try files.write(HugoSite.feed, to: "\(path)/layouts/_default/list.rss.xml")
    for number in 0..<dataset.count {
      guard let article = dataset.article(number) else { continue }
      try files.write(try content(of: article), to: "\(path)/content/\(article.slug).html")
    }
  }

  /// A comparison holds only if every page and every feed was written, and no feed is short.
  func check() throws {
    for number in 0..<dataset.count { try require("article-\(number).html", has: 1, of: "</html>") }
    try require("index.xml", has: min(50, dataset.count), of: "<item>")
    for (topic, count) in articlesByTopic {
      try require("topics/\(topic)/index.xml", has: min(50, count), of: "<item>")
    }
  }

  private var articlesByTopic: [Slug: Int] {
    (0..<dataset.count).reduce(into: [:]) { counts, number in
      for topic in dataset.article(number)?.topics ?? [] { counts[topic, default: 0] += 1 }
    }
  }

  private func require(_ file: String, has count: Int, of mark: String) throws {
    let text = try String(contentsOfFile: "\(output)/\(file)", encoding: .utf8)
    guard text.components(separatedBy: mark).count == count + 1 else {
      throw Failure(description: "hugo wrote \(file) without \(count) times \(mark)")
    }
  }

  private func content(of article: Article) throws -> String {
    let front = FrontMatter(
      title: article.title,
      date: Date(timeIntervalSince1970: Double(article.published.seconds)),
      topics: article.topics.map(\.description),
      summary: article.summary
    )
    let encoder = JSONEncoder()
    encoder.dateEncodingStrategy = .iso8601
    return String(decoding: try encoder.encode(front), as: UTF8.self) + "\n\n" + article.content
  }

  private struct FrontMatter: Encodable {
    let title: String
    let date: Date
    let topics: [String]
    let summary: String?
  }
}
