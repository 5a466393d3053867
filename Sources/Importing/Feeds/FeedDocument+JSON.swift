import Foundation
import Markup
import Model

extension FeedDocument {
  /// Reads JSON Feed 1.0 and 1.1.
  mutating func readJSON(_ bytes: [UInt8], _ context: FeedContext) throws(Problem) {
    let repaired = RepairedText(utf8: bytes)
    repairs = repaired.repairs
    let feed: JSONFeed
    do {
      feed = try JSONDecoder().decode(JSONFeed.self, from: Data(repaired.text.utf8))
    } catch {
      throw context.problem("is no JSON Feed: \(words(of: error))")
    }
    guard feed.version?.text.contains("jsonfeed.org") == true else {
      throw context.problem("is JSON, but no JSON Feed: “version” is missing")
    }
    about = Attribution(
      id: feed.feed_url?.text ?? "",
      title: singleLine(feed.title?.text ?? ""),
      link: context.resolve(feed.home_page_url?.text)
    )
    language = feed.language.flatMap { Language($0.text) }
    earlier = context.resolve(feed.next_url?.text)
    authors = people(feed.authors ?? feed.author.map { [$0] }, context)
    for item in feed.items ?? [] { add(item, context) }
  }

  private mutating func add(_ item: Lenient<JSONFeedItem>, _ context: FeedContext) {
    if let item = item.value {
      add(SourceEntry(json: item, context))
    } else {
      skipped.append("unreadable")
    }
  }

  private func words(of error: any Error) -> String {
    switch error {
    case DecodingError.dataCorrupted(let context): context.debugDescription
    case DecodingError.typeMismatch(_, let context):
      "“\(context.codingPath.map(\.stringValue).joined(separator: "."))” is of another kind"
    default: "it cannot be read"
    }
  }
}

/// A text, also where somebody wrote a number; empty where it is neither.
private struct LenientText: Decodable {
  let text: String

  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    let number = (try? value.decode(Int64.self)).map { String($0) }
    let fraction = (try? value.decode(Double.self)).map { String($0) }
    text = (try? value.decode(String.self)) ?? number ?? fraction ?? ""
  }
}

/// A value, or nothing where it is of another kind: one bad item must not cost the others.
private struct Lenient<Value: Decodable>: Decodable {
  let value: Value?

  init(from decoder: any Decoder) throws { value = try? Value(from: decoder) }
}

/// The names are those of the format (jsonfeed.org/version/1.1).
private struct JSONFeed: Decodable {
  var version, title, home_page_url, feed_url, next_url, language: LenientText?
  var authors: [JSONFeedAuthor]?
  var author: JSONFeedAuthor?
  var items: [Lenient<JSONFeedItem>]?
}

private struct JSONFeedItem: Decodable {
  var id, url, external_url, title, content_html, content_text, summary: LenientText?
  var image, banner_image, date_published, date_modified, language: LenientText?
  var authors: [JSONFeedAuthor]?
  var author: JSONFeedAuthor?
  var tags: [LenientText]?
  var attachments: [JSONFeedAttachment]?
}

private struct JSONFeedAuthor: Decodable {
  var name, url: LenientText?
}

private struct JSONFeedAttachment: Decodable {
  var url, mime_type, title, size_in_bytes: LenientText?
}

private func people(_ authors: [JSONFeedAuthor]?, _ context: FeedContext) -> [Person] {
  (authors ?? []).compactMap {
    Person(sourceName: $0.name?.text ?? "", uri: context.resolve($0.url?.text))
  }
}

extension SourceEntry {
  fileprivate init(json item: JSONFeedItem, _ context: FeedContext) {
    self.init(key: "")
    id = item.id?.text.trimmingSpaces.nonEmpty
    link = context.resolve(item.url?.text ?? item.external_url?.text)
    title = item.title.flatMap { Text.plain($0.text).nonEmpty }
    summary = item.summary.flatMap { Text.plain($0.text).nonEmpty }
    content =
      item.content_html.flatMap { Text.html($0.text).nonEmpty }
      ?? item.content_text.flatMap { Text.plain($0.text).nonEmpty }
    image = context.resolve(item.image?.text ?? item.banner_image?.text)
    language = item.language.flatMap { Language($0.text) }
    authors = people(item.authors ?? item.author.map { [$0] }, context)
    for tag in item.tags ?? [] { addCategory(tag.text) }
    for file in item.attachments ?? [] { addAttachment(file, context) }
    published = context.date([item.date_published?.text], &repairs)
    updated = context.date([item.date_modified?.text], &repairs)
    nameKey(item.date_published?.text ?? "")
  }

  private mutating func addAttachment(_ file: JSONFeedAttachment, _ context: FeedContext) {
    addEnclosure(
      context.resolve(file.url?.text),
      type: file.mime_type?.text,
      length: file.size_in_bytes?.text,
      title: file.title?.text
    )
  }
}
