package import Model

extension PageRenderer {
  /// The page of an issue: as it went out, with the corrections since.
  package func issue(_ edition: WebEdition) -> [UInt8] {
    let head = deep.head(
      title: deep.title(edition.heading),
      description: deep.titles(of: edition),
      canonical: deep.site.feedsURL + WebEditionPlace.page(of: edition.name),
      feeds: []
    )
    return templates.render(
      .issue,
      deep.common.adding(head).adding(deep.issue(edition))
        .adding(["alternates": [deep.issuesAlternate]])
    )
  }

  /// The list of all issues that have a page, the latest first.
  package func issues(_ editions: [WebEdition]) -> [UInt8] {
    let title = inner.catalog.text(.issues)
    let intro = inner.catalog.text(.issuesIntro)
    let head = inner.head(
      title: inner.title(title),
      description: intro,
      canonical: inner.site.feedsURL + WebEditionPlace.folder,
      feeds: []
    )
    let values: [String: Any] = [
      "heading": inner.escaped(title),
      "badges": [inner.issuesFeed],
      "alternates": [inner.issuesAlternate],
      "articles": editions.map(inner.listed),
      "isIssues": true,
    ]
    return templates.render(
      .issues,
      inner.common.adding(head).adding(inner.intro(intro)).adding(values)
    )
  }
}
