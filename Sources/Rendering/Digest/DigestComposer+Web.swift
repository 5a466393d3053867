internal import Markup
package import Model

extension DigestComposer {
  /// What the page of an issue shows: the words of an edition, and nothing of any reader.
  package mutating func webEdition(
    of edition: Edition,
    name: IssueName,
    published: Instant
  ) throws(Problem) -> WebEdition {
    let catalog = try catalog(edition.language)
    let edition = editorial.lead.map(edition.led) ?? edition
    return WebEdition(
      name: name,
      subject: subject(of: edition, catalog),
      heading: catalog.heading(span),
      introduction: editorial.introduction?.html.text ?? "",
      published: published,
      sections: edition.sections.map(section),
      errata: edition.errata.compactMap { erratum in
        item(erratum.article).map { WebEdition.Erratum(item: $0, text: erratum.text) }
      }
    )
  }

  private func section(_ section: Edition.Section) -> WebEdition.Section {
    WebEdition.Section(
      topic: section.topic,
      title: titleText(site.topic(section.topic)?.title ?? "", else: section.topic.text),
      items: section.articles.compactMap(item)
    )
  }

  private func item(_ key: Int64) -> WebEdition.Item? {
    articles[key].map { WebEdition.Item(article: key, entry: excerpted($0)) }
  }

  /// As much of an entry as messages have; a summary that stands for a missing title stays.
  private func excerpted(_ entry: Entry) -> Entry {
    guard excerpt == .title, !looksEmpty(entry.title) else { return entry }
    var entry = entry
    entry.summary = ""
    return entry
  }
}
