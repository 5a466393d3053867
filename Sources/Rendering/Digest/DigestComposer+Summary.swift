import Markup
import Model

extension DigestComposer {
  private static let subjectLength = 250
  /// The longest title in the preview line; the line itself shows about a hundred characters.
  private static let previewedTitle = 100
  private static let previewedTopics = 3

  /// The publication's name, of a length that leaves room for more.
  var publication: String {
    titleText(site.title, else: hostName(of: site.url) ?? "").shortened(to: Detail.name)
  }

  /// The title of an article, or what stands for it.
  func title(of entry: Entry) -> String {
    titleText(entry.title, else: singleLine(entry.summary), language: entry.language)
      .shortened(to: Detail.title)
  }

  func subject(of edition: Edition, _ catalog: Catalog) -> String {
    if let subject = editorial.subject.map(singleLine), !looksEmpty(subject) {
      return subject.shortened(to: Self.subjectLength)
    }
    guard edition.articleCount == 0, !edition.errata.isEmpty else {
      return catalog.subject(span, publication: publication, count: edition.articleCount)
    }
    let values = ["publication": publication, "date": catalog.text(slotDate)]
    return catalog.text(.subjectErrata, count: edition.errata.count, values)
  }

  /// Whether the editor has written the preview line.
  var hasOwnPreheader: Bool { !looksEmpty(singleLine(editorial.preheader ?? "")) }

  /// The line that mail programs show beside the subject: the first title of each topic.
  mutating func preheader(_ edition: Edition, _ catalog: Catalog) -> String {
    if hasOwnPreheader, let line = editorial.preheader.map(singleLine) {
      return line.shortened(to: Self.subjectLength)
    }
    let titles = edition.sections.prefix(Self.previewedTopics).compactMap { section in
      section.articles.first.flatMap { preview(of: $0) }
    }
    let line = titles.joined(separator: " · ")
    let rest = edition.articleCount - titles.count
    return rest == 0 ? line : catalog.text(.preheader, count: rest, ["titles": line])
  }

  private mutating func preview(of article: Int64) -> String? {
    if let preview = previews[article] { return preview }
    let preview = articles[article].map { title(of: $0).shortened(to: Self.previewedTitle) }
    previews[article] = preview
    return preview
  }
}
