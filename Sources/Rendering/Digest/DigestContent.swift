import Model

/// What one fragment says: a section of the template, and what it is about.
enum DigestContent: Hashable, Sendable {
  case document
  case title(subject: String)
  case style
  case preheader(String)
  case opening
  case contents(Slug, count: Int)
  case contentsEnd
  case topic(Slug)
  case lead(Int64)
  case article(Int64)
  case more(Slug)
  case closing

  /// The article that it shows.
  var article: Int64? {
    switch self {
    case .lead(let key), .article(let key): key
    default: nil
    }
  }

  var section: DigestSection {
    switch self {
    case .document: .document
    case .title: .title
    case .style: .style
    case .preheader: .preheader
    case .opening: .opening
    case .contents: .contents
    case .contentsEnd: .contentsEnd
    case .topic: .topic
    case .lead: .lead
    case .article: .article
    case .more: .more
    case .closing: .closing
    }
  }
}

extension DigestComposer {
  /// The longest title in the preview line; the line itself shows about a hundred characters.
  private static let previewedTitle = 100
  private static let previewedTopics = 3

  /// What an edition says, in reading order.
  func contents(of edition: Edition, subject: String, _ catalog: Catalog) -> [DigestContent] {
    let rows = edition.sections.map { DigestContent.contents($0.topic, count: $0.articles.count) }
    return [
      .document, .title(subject: subject), .style, .preheader(preheader(edition, catalog)),
      .opening,
    ] + rows + [.contentsEnd] + edition.sections.flatMap(contents) + [.closing]
  }

  private func contents(of section: Edition.Section) -> [DigestContent] {
    let articles = section.articles.enumerated().map { place, key in
      place == 0 ? DigestContent.lead(key) : .article(key)
    }
    let more: [DigestContent] = topicURLs[section.topic] == nil ? [] : [.more(section.topic)]
    return [.topic(section.topic)] + articles + more
  }

  /// The line that mail programs show beside the subject: the first title of each topic.
  private func preheader(_ edition: Edition, _ catalog: Catalog) -> String {
    let titles = edition.sections.prefix(Self.previewedTopics).compactMap { section in
      section.articles.first.flatMap { articles[$0]?.title.shortened(to: Self.previewedTitle) }
    }
    let line = titles.map(Wrapping.singleLine).joined(separator: " · ")
    let rest = edition.articleCount - titles.count
    return rest == 0 ? line : catalog.text(.preheader, count: rest, ["titles": line])
  }
}
