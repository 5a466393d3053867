import Cryptography
internal import Markup
package import Model

/// Renders the pages of the reader's door, in every language that there are words for.
package struct DoorRenderer: Sendable {
  let site: Site
  /// The path of the pages, with a slash at both ends.
  package let path: String
  private let pages: [Language: DoorValues]
  private let first: DoorValues
  private let templates: PageTemplates

  /// The languages of letters, the site's first.
  package let languages: [Language]

  /// - Parameter path: where the pages are; else the path of the site's `serverURL`.
  package init(site: Site, templates: Templates, path: String? = nil) throws(Problem) {
    self.site = site
    self.path = path ?? ServedPath(of: site.serverURL ?? site.url).path
    self.templates = try PageTemplates(templates)
    let catalogs = try templates.catalogs(first: site.language)
    languages = catalogs.map(\.language)
    let names = catalogs.map { ($0.language, $0.text(.languageName)) }
    var pages: [Language: DoorValues] = [:]
    for catalog in catalogs {
      pages[catalog.language] = DoorValues(site, catalog, path: self.path, languages: names)
    }
    self.pages = pages
    first = DoorValues(site, catalogs[0], path: self.path, languages: names)
  }

  /// The language of pages for somebody who asks for this one; the site's where there are no words.
  package func language(_ tag: String?) -> Language {
    let primary = tag.flatMap { Language($0) }?.primary
    return languages.first { $0.tag == tag } ?? languages.first { $0.primary == primary }
      ?? languages[0]
  }

  package func page(_ form: SubscribeForm, in language: Language) -> [UInt8] {
    templates.render(.subscribe, values(language).values(of: form))
  }

  package func page(_ form: PreferencesForm, in language: Language) -> [UInt8] {
    templates.render(.preferences, values(language).values(of: form))
  }

  package func page(_ form: MoveForm, in language: Language) -> [UInt8] {
    templates.render(.move, values(language).values(of: form))
  }

  package func page(_ message: DoorMessage, in language: Language) -> [UInt8] {
    templates.render(.message, values(language).values(of: message))
  }

  package func stylesheet() -> [UInt8] {
    templates.render(
      .stylesheet,
      ["accent": site.accent.light.htmlEscaped, "accentDark": site.accent.dark.htmlEscaped]
    )
  }

  /// What somebody is shown who subscribes in a language: its version and hash go into the ledger of
  /// consents.
  package func consentText(in language: Language) -> (version: String, hash: [UInt8]) {
    let page = page(SubscribeForm(stamp: ""), in: language)
    var digest = SHA256()
    digest.update(page.span)
    return ("\(PageRenderer.version) \(language)", digest.finish())
  }

  private func values(_ language: Language) -> DoorValues {
    pages[language] ?? first
  }
}

extension DoorRenderer {
  /// A form for a page of another site; it needs neither script nor style.
  ///
  /// - Parameter url: where the pages are, ending in a slash.
  package func snippet(url: String) -> String {
    let values = values(languages[0])
    let topics = site.topics.filter { !$0.isRetired }.map { topic in
      "  <label><input type=\"checkbox\" name=\"topic\" value=\"\(topic.slug)\">"
        + " \(values.escaped(values.title(of: topic.slug)))</label>\n"
    }
    return """
      <form action="\(values.escaped(url + DoorPlace.subscribe))" method="post">
        <label>\(values.text(.addressLabel))
        <input type="email" name="email" autocomplete="email" required></label>
      \(topics.joined())  <button type="submit">\(values.text(.subscribe))</button>
      </form>
      """
  }
}
