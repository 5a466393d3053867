import Markup
package import Model

extension ArticleReader {
  /// When a file's front matter says that it was published, without reading the rest; nil where it
  /// says nothing, or nothing that can be understood.
  package func statedPublication(in bytes: [UInt8]) -> Instant? {
    guard let text = try? text(of: bytes, path: ""), let article = try? cut(text.text, path: "")
    else { return nil }
    return FrontMatterReader(article, zone: settings.zone).frontMatter.published
      ?? settings.defaultPublished
  }
}
