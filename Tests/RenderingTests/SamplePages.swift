import Markup
import Model
import TestSupport

@testable import Rendering

/// The public pages of the sample publication.
enum SamplePages {
  static var site: Site {
    var site = SampleIssue.site
    site.topics = [
      Topic(
        slug: SampleIssue.latin,
        title: "Amérique latine",
        description: "Institutions, ressources et routes, du Rio Grande à la Terre de Feu."
      ),
      Topic(
        slug: SampleIssue.belarus,
        title: "Biélorussie",
        description: "Un pays entre deux unions\u{202F}: société, économie, frontières."
      ),
    ]
    site.feeds.formats = [.json, .atom, .rss]
    return site
  }

  static let homeFeed = head(.site, "Deux régions, chaque semaine\u{202F}: des faits, des sources.")

  static func head(_ name: FeedName, _ subtitle: String = "") -> FeedHead {
    let updated = Instant(seconds: 1_795_248_000)
    return FeedHead(
      name: name,
      id: "tag:veille.example,2026:feeds",
      title: "",
      subtitle: subtitle,
      updated: updated
    )
  }

  /// The articles of a feed; every third has no page but ours.
  static func entries(of name: FeedName = .site) -> [Entry] {
    let entries = SampleIssue.articles.sorted { $0.key < $1.key }.map { key, article in
      var entry = article
      entry.topics = [key < 8 ? SampleIssue.latin : SampleIssue.belarus]
      if key == 2 { entry.topics.append(SampleIssue.belarus) }
      if key.isMultiple(of: 3) { entry.url = nil }
      return entry
    }
    guard let topic = name.topic else { return entries }
    return entries.filter { $0.topics.contains(topic) }
  }

  static func renderer(site: Site = site, linksIssues: Bool = false) throws -> PageRenderer {
    try PageRenderer(site: site, templates: Templates(), linksIssues: linksIssues)
  }

  /// An issue with all that there can be on its page.
  static func issue() throws -> WebEdition {
    let html =
      "<h1>Bonjour</h1><p>Cette semaine, <a href=\"https://veille.example/a\">un dossier"
      + "</a> et l’<i lang=\"en\">op-ed</i> du mois.</p>"
    let editorial = Editorial(
      introduction: Introduction(
        html: try HTMLFragment(parsing: html).sanitised(base: nil),
        text: ""
      )
    )
    var articles = SampleIssue.articles
    articles[4]?.title = "The dry seasons of the Panama Canal"
    articles[4]?.language = .english
    var composer = SampleIssue.composer(
      templates: try Templates(),
      articles: articles,
      editorial: editorial
    )
    var issue = try composer.webEdition(
      of: Edition(
        language: .french,
        sections: SampleIssue.edition.sections,
        errata: [Edition.Erratum(article: 3, text: "L’OTCA a huit membres, et non neuf.")]
      ),
      name: SampleIssue.issue,
      published: SampleIssue.sent
    )
    issue.sections[0].items[1].note = WebEdition.Note(
      text: "le port est à Chancay, et non à Callao.",
      date: SampleIssue.sent.advanced(by: .days(2))
    )
    return issue
  }

  static func article(_ entry: Entry, _ html: String, site: Site = site) throws -> String {
    let content = Array(try HTMLFragment(parsing: html).sanitised(base: nil).text.utf8)
    return String(
      decoding: try renderer(site: site).article(entry, content: content.span),
      as: UTF8.self
    )
  }

  static func index(_ feed: FeedHead, _ entries: [Entry], site: Site = site) throws -> String {
    String(decoding: try renderer(site: site).index(of: feed, entries: entries), as: UTF8.self)
  }

  /// Writes a whole folder of pages, and an empty document for every feed.
  static func write(to folder: TemporaryFolder, site: Site = site) throws {
    let pages = try renderer(site: site, linksIssues: true)
    try write(issue(), by: pages, to: folder)
    let feeds = [FeedName.site] + site.topics.map { .topic($0.slug) }
    for name in feeds {
      for format in site.feeds.formats {
        try folder.write("", to: name.path(of: .subscription, as: format))
      }
      let subtitle = name.topic.flatMap(site.topic)?.description ?? homeFeed.subtitle
      let page = pages.index(of: head(name, subtitle), entries: entries(of: name))
      try folder.write(String(decoding: page, as: UTF8.self), to: "\(name.folder)index.html")
    }
    for entry in entries() where entry.url == nil {
      try folder.write(try article(entry, richText, site: site), to: pagePath(of: entry.slug))
    }
    try folder.write(
      String(decoding: try renderer(site: site).stylesheet(), as: UTF8.self),
      to: "site.css"
    )
  }

  private static func write(
    _ issue: WebEdition,
    by pages: PageRenderer,
    to folder: TemporaryFolder
  ) throws {
    let feed = try IssueFeed(site: pages.inner.site, templates: Templates())
    let documents = [
      WebEditionPlace.page(of: issue.name): pages.issue(issue),
      WebEditionPlace.index: pages.issues([issue]),
      WebEditionPlace.feed: feed.document(of: [issue]),
    ]
    for (path, bytes) in documents {
      try folder.write(String(decoding: bytes, as: UTF8.self), to: path)
    }
  }

  /// Every element that content may have, the difficult ones among them.
  static let richText = """
    <p>La Pripiat coule sur sept cent soixante kilomètres, presque sans pente. Ses crues \
    dessinent, chaque printemps, une carte qu’aucun atlas ne fixe<sup><a \
    href="https://example.org/notes#1">1</a></sup>. Les <a href="https://example.org/sources">sources \
    de cet article</a> sont publiées.</p>
    <h1>Un fleuve sans rive</h1>
    <p>On y mesure <em>moins</em> la distance que la <strong>saison</strong>. Un nom de lieu y tient \
    parfois en un seul mot\u{202F}: Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft.</p>
    <h4>Trois chiffres</h4>
    <ul><li>la largeur du lit en avril\u{202F};<ul><li>en amont</li><li>en aval</li></ul></li>\
    <li>le nombre de ponts\u{202F};</li><li>la profondeur à l’étiage.</li></ul>
    <ol start="3"><li>Compter</li><li>Comparer</li></ol>
    <blockquote><p>L’eau ne se retire pas, elle change de village.</p>\
    <footer>Un garde des digues</footer></blockquote>
    <table><caption>Les stations, d’amont en aval</caption>
    <thead><tr><th>Station</th><th>Kilomètre</th><th>Débit moyen</th><th>Débit de crue</th>\
    <th>Établissement</th><th>Correspondance</th></tr></thead>
    <tbody><tr><th>Pinsk</th><td>512</td><td>58&nbsp;m³/s</td><td>402&nbsp;m³/s</td>\
    <td>observatoire</td><td>hebdomadaire</td></tr>
    <tr><th>Mazyr</th><td>187</td><td>390&nbsp;m³/s</td><td>4&nbsp;010&nbsp;m³/s</td>\
    <td>hydrographique</td><td>quotidienne</td></tr></tbody></table>
    <figure><img alt="Un aplat de couleur" width="900" height="300" \
    src="data:image/gif;base64,R0lGODlhAwABAIAAAIV/cwAAACwAAAAAAwABAAACAgRQADs=">\
    <figcaption>La plaine inondée, vue du sud.</figcaption></figure>
    <pre><code>station;kilometre;debit;observation_particuliere_tres_longue_sans_aucun_espace
    Pinsk;512;58;néant</code></pre>
    <h6>Deux mots à connaître</h6>
    <dl><dt>Polésie</dt><dd>La région des marais, entre trois frontières.</dd>\
    <dt>Grève</dt><dd><p>Le bord, quand il existe.</p><p>Ici, rarement.</p></dd></dl>
    <details><summary>Méthode</summary><p>Les relevés sont <abbr title="environ">env.</abbr> \
    mensuels\u{202F}; <mark>un seul manque</mark>, <kbd>avril</kbd>.</p></details>
    <hr>
    <h2>Ce qui reste à voir</h2>
    <main><nav><p>Un passage venu d’une page entière.</p></nav><aside>Et son encadré.</aside></main>
    <p lang="en">An English sentence, for the voice that reads it.</p>
    """
}
