internal import Markup
import Model

extension PageValues {
  /// An issue on its own page.
  func issue(_ edition: WebEdition) -> [String: Any] {
    let date = site.zone.civil(edition.published).date
    var values: [String: Any] = [
      "heading": escaped(edition.heading),
      "day": escaped(catalog.longDate(date)),
      "isoDay": date.description,
      "sections": edition.sections.map(section),
    ]
    if !edition.errata.isEmpty { values["errata"] = errata(edition.errata) }
    if !edition.introduction.isEmpty { values["introduction"] = introduction(edition) }
    return values
  }

  /// An issue in the list of all.
  func listed(_ edition: WebEdition) -> [String: Any] {
    let date = site.zone.civil(edition.published).date
    return [
      "title": escaped(edition.heading),
      "url": pathInFolder(of: edition.name),
      "date": escaped(catalog.longDate(date)),
      "isoDate": date.description,
    ]
  }

  /// The first title of each topic: what programs show of an issue.
  func titles(of edition: WebEdition) -> String {
    edition.sections.compactMap { $0.items.first }.map { headline(of: $0.entry) }
      .joined(separator: " · ")
  }

  /// The badge of the issues' feed.
  var issuesFeed: [String: Any] {
    [
      "format": "Atom",
      "type": FeedFormat.atom.mediaType,
      "href": home + WebEditionPlace.feed,
      "feedNamed": escaped(catalog.text(.feedOfIssues)),
    ]
  }

  /// The link by which programs find the issues' feed.
  var issuesAlternate: [String: Any] {
    let values = [
      "topic": catalog.text(.issues), "publication": publication, "format": "Atom",
    ]
    return [
      "type": FeedFormat.atom.mediaType,
      "title": escaped(catalog.text(.topicFeedTitle, values)),
      "href": escaped(site.feedsURL + WebEditionPlace.feed),
    ]
  }

  private func section(_ section: WebEdition.Section) -> [String: Any] {
    var values: [String: Any] = [
      "slug": section.topic.text,
      "name": escaped(section.title),
      "articles": section.items.enumerated().map { place, item in
        self.item(item, isLead: place == 0)
      },
    ]
    if site.topic(section.topic) != nil {
      let title = catalog.text(.allArticles, ["topic": title(of: .topic(section.topic))])
      values["allArticles"] = escaped(title)
      values["path"] = home + FeedName.topic(section.topic).folder
    }
    return values
  }

  private func item(_ item: WebEdition.Item, isLead: Bool) -> [String: Any] {
    var values = self.item(item.entry, isLead: isLead, withLabels: false)
    guard let note = item.note else { return values }
    let date = catalog.text(site.zone.civil(note.date).date)
    let text = singleLine(note.text)
    values["note"] = escaped(catalog.text(.correction, ["date": date, "text": text]))
    return values
  }

  private func errata(_ errata: [WebEdition.Erratum]) -> [String: Any] {
    [
      "errataTitle": escaped(catalog.text(.errata, count: errata.count)),
      "articles": errata.map { erratum in
        self.item(erratum.item, isLead: false).adding(["summary": escaped(singleLine(erratum.text))]
        )
      },
    ]
  }

  private func introduction(_ edition: WebEdition) -> String {
    let label = escaped(catalog.text(.table))
    return PageBody(Array(edition.introduction.utf8).span, tableLabel: label).html
  }

  /// The page's path as seen from the list of issues, which lies in the same folder.
  private func pathInFolder(of issue: IssueName) -> String { "\(issue).html" }
}
