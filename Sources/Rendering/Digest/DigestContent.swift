import Model

/// What one fragment says: a section of the template, and what it is about.
enum DigestContent: Hashable, Sendable {
  case document
  case title(subject: String)
  case style
  case preheader(String)
  case opening
  case introduction
  case missed([CivilDate])
  case contentsStart
  /// Without a number where it is not known any more.
  case contents(Slug, count: Int?)
  case contentsEnd
  case topic(Slug)
  case lead(Int64, summary: Int)
  case article(Int64, summary: Int)
  case more(Slug, left: Int)
  case errata(count: Int)
  case erratum(Edition.Erratum)
  case closing

  /// The article that it shows.
  var article: Int64? {
    switch self {
    case .lead(let key, _), .article(let key, _): key
    case .erratum(let erratum): erratum.article
    default: nil
    }
  }

  /// What it is to the articles around it.
  var role: FragmentRole? {
    switch self {
    case .preheader: .preheader
    case .contentsStart: .contentsStart
    case .contents: .contents
    case .contentsEnd: .contentsEnd
    case .topic: .topic
    case .lead, .article, .erratum: .article
    case .more(_, let left): left > 0 ? .rest : .more
    case .errata: .errata
    case .document, .title, .style, .opening, .introduction, .missed, .closing: nil
    }
  }

  var section: DigestSection {
    switch self {
    case .document: .document
    case .title: .title
    case .style: .style
    case .preheader: .preheader
    case .opening: .opening
    case .introduction: .introduction
    case .missed: .missed
    case .contentsStart: .contentsStart
    case .contents: .contents
    case .contentsEnd: .contentsEnd
    case .topic: .topic
    case .lead: .lead
    case .article: .article
    case .more: .more
    case .errata: .errata
    case .erratum: .erratum
    case .closing: .closing
    }
  }
}

/// What mail programs show of an edition in their lists.
struct DigestLines {
  var subject: String
  var preheader: String
}

extension DigestComposer {
  /// What an edition says, in reading order.
  func contents(
    of edition: Edition,
    _ detail: Detail,
    _ lines: DigestLines
  ) -> [DigestContent] {
    let head: [DigestContent] = [
      .document, .title(subject: lines.subject), .style, .preheader(lines.preheader), .opening,
    ]
    return head + notes(edition) + table(edition)
      + edition.sections.flatMap { contents(of: $0, detail) } + errata(edition) + [.closing]
  }

  /// What stands before the articles.
  private func notes(_ edition: Edition) -> [DigestContent] {
    (editorial.introduction == nil ? [] : [.introduction])
      + (edition.missed.isEmpty ? [] : [.missed(edition.missed.map(\.date))])
  }

  private func table(_ edition: Edition) -> [DigestContent] {
    guard !edition.sections.isEmpty else { return [] }
    let rows = edition.sections.map { DigestContent.contents($0.topic, count: $0.count) }
    return [.contentsStart] + rows + [.contentsEnd]
  }

  private func contents(of section: Edition.Section, _ detail: Detail) -> [DigestContent] {
    let articles = section.articles.enumerated().map { place, key in
      place == 0
        ? DigestContent.lead(key, summary: detail.leadSummary)
        : .article(key, summary: detail.summary)
    }
    let hasMore = section.left > 0 || topicURLs[section.topic] != nil
    return [.topic(section.topic)] + articles
      + (hasMore ? [.more(section.topic, left: section.left)] : [])
  }

  private func errata(_ edition: Edition) -> [DigestContent] {
    guard !edition.errata.isEmpty else { return [] }
    return [.errata(count: edition.errata.count)] + edition.errata.map(DigestContent.erratum)
  }
}
