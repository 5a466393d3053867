import Foundation
import Markup
import Model

extension WordPressPost {
  /// The entry that the post is.
  ///
  /// - Parameters:
  ///   - index: what the whole export says of authors and pictures.
  ///   - zone: whose clocks dates without GMT are of.
  func entry(_ index: WordPressIndex, in zone: Zone) -> SourceEntry {
    var entry = SourceEntry(key: number.map(String.init) ?? guid ?? link ?? "")
    let content = WordPressContent(text, images: { index.picture($0) })
    entry.id = guid
    entry.name = name
    entry.title = .html(title)
    entry.summary = excerpt.isEmpty ? nil : .html(excerpt)
    entry.content = .html(content.html)
    let person = author.flatMap { Person(sourceName: index.authors[$0] ?? $0) }
    entry.authors = [person].compactMap { $0 }
    entry.categories = categories.map { .init($0, ancestors: index.ancestors(of: $0)) }
    entry.link = link
    entry.published =
      instant("post_date", in: zone)
      ?? dates["pubDate"].flatMap {
        Instant(entryDate: $0, in: zone)
      }
    entry.updated = instant("post_modified", in: zone)
    entry.image = picture.flatMap(index.picture)
    entry.enclosures = enclosures
    entry.line = element.line
    entry.repairs.note(.shortcode, content.dropped)
    return entry
  }

  /// The content with the footnotes that WordPress keeps apart.
  private var text: String {
    let mark: StaticString = "<!-- wp:footnotes /-->"
    guard let footnotes else { return content }
    let bytes = Array(content.utf8)
    guard let end = bytes.end(of: mark) else { return content }
    let before = bytes[..<(end - mark.utf8CodeUnitCount)]
    return String(decoding: before + footnotesHTML(footnotes).utf8 + bytes[end...], as: UTF8.self)
  }

  /// The date in GMT, else by the site's clocks.
  ///
  /// WordPress writes zeros where it has none.
  private func instant(_ name: String, in zone: Zone) -> Instant? {
    for (key, zone) in [("\(name)_gmt", Zone.utc), (name, zone)] {
      guard let text = dates[key], !text.hasPrefix("0000") else { continue }
      if let instant = Instant(text, in: zone) { return instant }
    }
    return nil
  }
}

/// The footnotes of the block editor: JSON with an HTML text each.
private func footnotesHTML(_ json: String) -> String {
  struct Footnote: Decodable { var content: String }
  let notes = (try? JSONDecoder().decode([Footnote].self, from: Data(json.utf8))) ?? []
  guard !notes.isEmpty else { return "" }
  return "<ol>" + notes.map { "<li>\($0.content)</li>" }.joined() + "</ol>"
}
