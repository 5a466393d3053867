import Foundation
import Markup
package import Model

/// What an entry of a source becomes, and which of its categories are no topic.
package struct EntryDraft: Sendable {
  package var draft: ArticleDraft
  package var unknownCategories: [String]
}

extension ArticleReader {
  /// Makes a draft of an entry; throws where it has neither title nor text.
  ///
  /// - Parameters:
  ///   - origin: where it comes from; its key is the entry's.
  ///   - path: for messages.
  package func draft(
    of entry: SourceEntry,
    origin: Article.Origin,
    path: String
  ) throws(ImportProblems) -> EntryDraft {
    let text = EntryText(entry)
    let category = CategoryTopics(entry.categories, topicNames, settings)
    guard let title = text.title else {
      let problem = Problem(
        path: path,
        line: entry.line,
        message: "an entry (\(entry.key)) has neither a title nor a text, and was left out"
      )
      throw ImportProblems([problem])
    }
    var draft = draft(of: entry, text, title, category.topics, origin)
    draft.isWhole = entry.content != nil
    draft.attribution = entry.attribution
    return EntryDraft(draft: draft, unknownCategories: category.unknown)
  }

  private func draft(
    of entry: SourceEntry,
    _ text: EntryText,
    _ title: String,
    _ topics: [Slug],
    _ origin: Article.Origin
  ) -> ArticleDraft {
    let language = language(of: entry)
    let isTypeset = FrenchTypography.applies(to: language)
    let content = ReadContent(
      text.content,
      base: entry.base ?? entry.link,
      summary: text.summary,
      isTypeset: isTypeset
    )
    var repairs = entry.repairs
    repairs.add(content.repairs)
    return ArticleDraft(
      statedID: entry.id.flatMap(absoluteURI),
      statedSlug: nil,
      derivedSlug: slug(of: entry, title),
      origin: origin,
      title: isTypeset ? FrenchTypography.typeset(title) : title,
      summary: content.summary,
      content: content.html,
      language: language,
      authors: entry.authors,
      topics: topics,
      url: entry.link,
      image: entry.image,
      enclosures: entry.enclosures,
      published: entry.published ?? entry.updated ?? settings.defaultPublished,
      updated: entry.updated,
      isDraft: false,
      isMinor: false,
      inDigest: true,
      erratum: nil,
      source: text.source,
      sourceHash: sourceHash(of: entry, text, topics),
      wordsHash: wordsHash(of: text.words),
      repairs: repairs
    )
  }
}

extension ArticleReader {
  /// The topic that a category is, or is part of; nil where it is none.
  package func topic(of category: SourceEntry.Category) -> Slug? {
    CategoryTopics([category], topicNames, settings).topics.first
  }
}

extension ArticleReader {
  /// The site's own, where the source only names its region.
  private func language(of entry: SourceEntry) -> Language {
    guard let stated = entry.language, stated.primary != settings.language.primary
    else { return settings.language }
    return stated
  }
}

/// The texts of an entry, each in the form that an article has it.
private struct EntryText {
  let title: String?
  /// Plain text.
  let summary: String
  let content: HTMLFragment
  /// The content as it was read.
  let source: String
  /// For the hash of what readers would call its words.
  let words: [String]

  init(_ entry: SourceEntry) {
    // Where a source has one text only, it is the content, whatever the source calls it.
    let text = entry.content ?? entry.summary
    source = text?.source ?? ""
    content = text.map(\.fragment) ?? .empty
    summary = entry.content == nil ? "" : withoutMoreMark(entry.summary?.line ?? "")
    let stated = entry.title?.line.nonEmpty
    title = stated ?? content.firstHeading ?? Importing.title(fromText: content.plainText)
    words = [stated ?? "", summary, textOutsideTags(source[...])]
  }
}

extension SourceEntry.Text {
  fileprivate var fragment: HTMLFragment {
    switch self {
    case .plain(let text): Importing.fragment(of: paragraphsHTML(of: text))
    case .html(let html): Importing.fragment(of: html)
    }
  }
}

/// Plain text as HTML: an empty line ends a paragraph, as in WordPress' classic editor.
private func paragraphsHTML(of text: String) -> String {
  String(decoding: ClassicParagraphs(of: Array(escapedText(text).utf8)).html, as: UTF8.self)
}

/// A summary without the mark of what was left out: `[…]` is `…`.
private func withoutMoreMark(_ text: String) -> String {
  let marks = [" […]", "[…]", " [...]", "[...]"]
  guard let mark = marks.first(where: text.hasSuffix) else { return text }
  let kept = text.dropLast(mark.count)
  return kept.hasSuffix("…") ? String(kept) : kept + "…"
}

/// From the source's own name, else the last word of the link's path, else the title.
private func slug(of entry: SourceEntry, _ title: String) -> Slug {
  let path = entry.link.flatMap { address in
    address.split(separator: "?")[0].split(separator: "#")[0]
      .split(separator: "/").dropFirst(2).last.map(String.init)
  }
  // `index.html` names nothing.
  return [entry.name, path.map(withoutEnding), title].lazy
    .compactMap { $0.flatMap(withoutPercentEncoding) }
    .filter { $0 != "index" }
    .compactMap { Slug(folding: $0) }
    .first ?? slug(fromFileName: entry.key)
}

/// Nil where what is encoded is no text.
private func withoutPercentEncoding(_ name: String) -> String? {
  name.utf8.contains(UInt8(ascii: "%")) ? name.removingPercentEncoding : name
}

private func withoutEnding(_ name: String) -> String {
  for ending in [".html", ".htm", ".php"] where name.hasSuffix(ending) {
    return String(name.dropLast(ending.count))
  }
  return name
}

/// The digest of everything that the entry and the settings say.
private func sourceHash(of entry: SourceEntry, _ text: EntryText, _ topics: [Slug]) -> [UInt8] {
  var digest = FieldsDigest()
  digest.add("id", entry.id)
  digest.add("title", entry.title?.source)
  digest.add("summary", entry.summary?.source)
  digest.add("text", text.source)
  digest.add("language", entry.language?.tag)
  digest.add(entry.authors)
  digest.add("topic", topics.map(\.text))
  digest.add("url", entry.link)
  digest.add("image", entry.image)
  digest.add(entry.enclosures)
  digest.add("published", entry.published?.rfc3339)
  digest.add("updated", entry.updated?.rfc3339)
  digest.add("attribution", entry.attribution?.id)
  return digest.finish()
}
