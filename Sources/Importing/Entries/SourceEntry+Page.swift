import Markup
package import Model

extension SourceEntry {
  /// Reads the article of a page of the web.
  ///
  /// - Parameters:
  ///   - bytes: the page, in its own charset.
  ///   - contentType: as the server gave it.
  ///   - source: the address that the operator names, which is the entry's name for ever.
  ///   - address: where the page was found; relative addresses begin from it.
  ///   - zone: whose clocks dates without a zone are of.
  package init(
    page bytes: [UInt8],
    contentType: String?,
    of source: String,
    at address: String,
    in zone: Zone
  ) throws(Problem) {
    let text = DecodedText(bytes, contentType: contentType, as: .html).text
    self.init(key: source)
    do {
      read(try HTMLPage(parsing: text.text, from: .web(address: address)), at: address, in: zone)
    } catch {
      throw Problem(path: address, message: "\(error)")
    }
    repairs.add(text.repairs)
    guard title != nil, let content, !looksEmpty(content.line) else {
      throw Problem(
        path: address,
        message: "has no article that could be found: no title, or no text"
      )
    }
  }

  private mutating func read(_ page: HTMLPage, at address: String, in zone: Zone) {
    let context = FeedContext(address: address, zone: zone)
    title = page.title.map { .plain($0) }
    summary = page.description.map { .plain($0) }
    content = .html(page.body.sanitised(base: address).text)
    for author in page.authors { add(Person(sourceName: author)) }
    link = context.resolve(page.canonicalURL) ?? address
    base = address
    published = context.date([page.published], &repairs)
    updated = context.date([page.modified], &repairs)
    language = page.language.flatMap { Language($0) }
    image = context.resolve(page.image)
  }
}
