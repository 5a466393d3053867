internal import Markup
package import Model

/// The feed of the issues themselves, for who follows the letters in a feed reader (RFC 4287).
package struct IssueFeed {
  /// The most issues that it lists.
  package static let entriesShown = 50

  private let site: Site
  private let catalog: Catalog

  package init(site: Site, templates: Templates) throws(Problem) {
    self.site = site
    catalog = try templates.catalog(for: [site.language])
  }

  /// The document that lists issues, at least one, the latest first.
  package func document(of editions: [WebEdition]) -> [UInt8] {
    var writer = XMLWriter()
    writer.startDocument()
    writer.start("feed")
    writer.attribute("xmlns", XMLNamespace.atom)
    writer.attribute("xml:lang", site.language.tag)
    writeHead(editions.map(\.updated).max() ?? Instant(seconds: 0), to: &writer)
    for edition in editions { write(edition, to: &writer) }
    return writer.finish()
  }

  private func writeHead(_ updated: Instant, to writer: inout XMLWriter) {
    let title = "\(catalog.text(.issues)) – \(titleText(site.title, else: site.url))"
    writer.element("id", site.id + "digests")
    writer.element("title", title)
    writer.element("subtitle", catalog.text(.issuesIntro))
    writer.element("updated", updated.rfc3339)
    writer.alternate(site.feedsURL + WebEditionPlace.folder, in: site.language)
    writer.link(
      FeedLink(
        rel: "self",
        type: FeedFormat.atom.mediaType,
        href: site.feedsURL + WebEditionPlace.feed
      )
    )
    writer.person(site.shownAuthor)
    writer.element("generator", "feedgen")
    if let icon = site.icon { writer.element("icon", icon) }
    if let rights = site.rights { writer.element("rights", singleLine(rights)) }
  }

  private func write(_ edition: WebEdition, to writer: inout XMLWriter) {
    let page = site.feedsURL + WebEditionPlace.page(of: edition.name)
    writer.start("entry")
    writer.element("id", "\(site.id)\(WebEditionPlace.folder)\(edition.name)")
    writer.element("title", titleText(edition.subject, else: edition.heading))
    writer.element("updated", edition.updated.rfc3339)
    writer.element("published", edition.published.rfc3339)
    writer.alternate(page, in: site.language)
    writer.person(site.shownAuthor)
    let content = content(of: edition)
    if !content.isEmpty {
      writer.start("content")
      writer.attribute("type", "html")
      writer.text(content)
      writer.end()
    }
    writer.end()
  }

  /// The titles by topic, with links, as sanitised HTML.
  private func content(of edition: WebEdition) -> String {
    let lists = edition.sections.map { section in
      list(singleLine(section.title), section.items.map(line))
    }
    let corrections = edition.errata.map { line($0.item, more: singleLine($0.text)) }
    let errata = catalog.text(.errata, count: edition.errata.count)
    let html = lists.joined() + (corrections.isEmpty ? "" : list(errata, corrections))
    return (try? HTMLFragment(parsing: html))?.sanitised(base: nil).text ?? ""
  }

  private func list(_ title: String, _ lines: [String]) -> String {
    "<h2>\(title.cleaned.htmlEscaped)</h2><ul>\(lines.joined())</ul>"
  }

  private func line(_ item: WebEdition.Item) -> String {
    line(
      item,
      more: item.note.map { note in
        catalog.text(
          .correction,
          [
            "date": catalog.text(site.zone.civil(note.date).date), "text": singleLine(note.text),
          ]
        )
      }
    )
  }

  private func line(_ item: WebEdition.Item, more: String?) -> String {
    let entry = item.entry
    let title = titleText(entry.title, else: singleLine(entry.summary), language: entry.language)
    let language = entry.language == site.language ? "" : " lang=\"\(entry.language.tag)\""
    let link =
      "<a href=\"\(site.address(of: entry).htmlEscaped)\"\(language)>"
      + "\(title.cleaned.htmlEscaped)</a>"
    return "<li>\(link)\(more.map { "<br>\($0.cleaned.htmlEscaped)" } ?? "")</li>"
  }
}
