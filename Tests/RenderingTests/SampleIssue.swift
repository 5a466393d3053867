import Cryptography
import Markup
import Model
import TestSupport

@testable import Rendering

/// A week of the sample publication, as the guide to the look has it.
enum SampleIssue {
  static let latin = slug("amerique-latine")
  static let belarus = slug("bielorussie")

  static var site: Site {
    Site(
      title: "Veille géopolitique",
      url: "https://veille.example/",
      feedsURL: "https://veille.example/feeds/",
      language: .french,
      zone: .paris2026,
      author: Person(name: "La rédaction"),
      id: "tag:veille.example,2026:",
      postalAddress: "12, rue de l’Exemple, 75000 Paris, France",
      privacyURL: "https://veille.example/confidentialite",
      legalURL: nil,
      topics: [
        Topic(slug: latin, title: "Amérique latine"),
        Topic(slug: belarus, title: "Biélorussie"),
      ],
      digests: [
        DigestSettings(name: "weekly", schedule: .weekly(on: .monday, at: .midnight))
      ],
      mail: mail
    )
  }

  static let mail = MailSettings(
    from: Mailbox(name: "Veille géopolitique", address: address("lettre@news.veille.example")),
    replyTo: address("redaction@veille.example"),
    unsubscribeMailto: address("quitter@news.veille.example")
  )

  static let reader = Mailbox(name: nil, address: address("lectrice@courrier.example"))
  static let key = Array("a key of the tests".utf8)
  static let leaveTokens = LeaveTokens(keys: TokenKeys([1: key]))
  static let issue = IssueName(digest: "weekly", date: date(2026, 11, 23))
  static let sent = Instant(seconds: 1_795_417_200)

  static let articles: [Int64: Entry] = Dictionary(
    uniqueKeysWithValues: texts.enumerated().map { (Int64($0 + 1), entry($0, $1)) }
  )

  static let edition = Edition(
    language: .french,
    sections: [
      Edition.Section(topic: latin, articles: [1, 2, 3, 4, 5, 6, 7]),
      Edition.Section(topic: belarus, articles: [8, 9, 10]),
    ]
  )

  static func composer(
    site: Site = site,
    templates: Templates,
    articles: [Int64: Entry] = articles,
    topicURLs: [Slug: String] = [:],
    webURL: String? = nil,
    excerpt: Excerpt = .summary,
    editorial: Editorial = Editorial()
  ) -> DigestComposer {
    DigestComposer(
      site: site,
      templates: templates,
      cadence: .weekly,
      excerpt: excerpt,
      slotDate: issue.date,
      period: (date(2026, 11, 16), date(2026, 11, 22)),
      articles: articles,
      topicURLs: topicURLs,
      webURL: webURL,
      editorial: editorial
    )
  }

  /// The whole message of an edition.
  static func message(
    _ edition: Edition = edition,
    site: Site = site,
    templates: Templates? = nil,
    articles: [Int64: Entry] = articles,
    recipient: Mailbox = reader,
    leaving: LeavePage? = nil
  ) throws -> [UInt8] {
    let composer = composer(
      site: site,
      templates: try templates ?? Templates(),
      articles: articles
    )
    return try message(edition, composer, site, recipient, leaving)
  }

  /// A message with all that there can be in one.
  static func fullMessage() throws -> [UInt8] {
    var (site, articles) = (site, articles)
    site.logo = "https://veille.example/logo.png"
    site.mail?.showsImages = true
    site.mail?.feedbackID = "veille"
    articles[1]?.image = "https://veille.example/images/corridor.jpg"
    articles[8]?.image = "https://elsewhere.example/pixel.gif"
    articles[4]?.title = "The dry seasons of the Panama Canal"
    articles[4]?.summary = "How a local resource rules the trade of the world."
    articles[4]?.language = .english
    articles[11] = articles[3]
    let edition = Edition(
      language: .french,
      sections: [
        Edition.Section(topic: latin, articles: [2, 1, 4, 6], left: 3),
        Edition.Section(topic: belarus, articles: [8, 9, 10]),
      ],
      errata: [Edition.Erratum(article: 11, text: "L’OTCA a huit membres, et non neuf.")],
      missed: [9, 16].map { IssueName(digest: "weekly", date: date(2026, 11, $0)) }
    )
    let html = try HTMLFragment(
      parsing: "<h2>Bonjour</h2><p>Cette semaine, <a href=\"https://veille.example/a\">un "
        + "dossier</a> et l’<i lang=\"en\">op-ed</i> du mois.</p>"
    )
    let introduction = Introduction(
      html: html.sanitised(base: nil),
      text: "Bonjour\n\nCette semaine, un dossier et l’op-ed du mois.\n\n"
        + "Un dossier\u{202F}:\nhttps://veille.example/a"
    )
    let composer = composer(
      site: site,
      templates: try Templates(),
      articles: articles,
      topicURLs: [
        latin: "https://veille.example/amerique-latine/",
        belarus: "https://veille.example/bielorussie/",
      ],
      webURL: "https://veille.example/feeds/digests/weekly-2026-11-23.html",
      editorial: Editorial(introduction: introduction, lead: 1)
    )
    let leaving = LeavePage(url: "https://veille.example/d/\(token)", takesOneClick: true)
    return try message(edition, composer, site, reader, leaving)
  }

  /// As long as such a secret may become.
  private static let token = String(repeating: "abcdefgh", count: 9)

  private static func message(
    _ edition: Edition,
    _ composer: DigestComposer,
    _ site: Site,
    _ recipient: Mailbox,
    _ leaving: LeavePage?
  ) throws -> [UInt8] {
    var composer = composer
    let group = try composer.compose(edition)
    let fragments = IssueFragments(composer.takeFragments())
    return DigestMessage(
      site: site,
      mail: site.mail ?? mail,
      messageKey: key,
      leaveTokens: leaveTokens
    ).bytes(
      issue: issue,
      group: group,
      fragments: fragments,
      recipient: recipient,
      subscriber: 7,
      date: sent,
      leaving: leaving
    )
  }

  static func slug(_ text: String) -> Slug {
    guard let slug = Slug(text) else { preconditionFailure("\(text) is no slug") }
    return slug
  }

  static func address(_ text: String) -> EmailAddress {
    guard let address = EmailAddress(text) else { preconditionFailure("\(text) is no address") }
    return address
  }

  static func date(_ year: Int, _ month: Int, _ day: Int) -> CivilDate {
    guard let date = CivilDate(year: year, month: month, day: day)
    else { preconditionFailure("no such day") }
    return date
  }

  private static func entry(_ place: Int, _ text: Text) -> Entry {
    guard let slug = Slug("article-\(place)") else { preconditionFailure("no slug") }
    return Entry(
      id: "tag:veille.example,2026:\(place)",
      slug: slug,
      title: text.title,
      summary: text.summary,
      url: "https://veille.example/articles/\(text.path)",
      image: nil,
      language: .french,
      authors: text.author.map { [Person(name: $0)] } ?? [],
      topics: [],
      published: Zone.paris2026.instant(date(2026, 11, text.day)),
      updated: Zone.paris2026.instant(date(2026, 11, text.day))
    )
  }

  private struct Text {
    var title: String
    var summary: String
    var author: String?
    var day: Int
    var path: String
  }

  private static let texts = [
    Text(
      title: "Le corridor bioocéanique, route commerciale ou promesse de long terme\u{202F}?",
      summary:
        "Du Mato Grosso do Sul aux ports du nord du Chili, la route traverse quatre pays et autant de calendriers politiques. État des lieux des chantiers, des financements et des questions encore ouvertes.",
      author: "Inés Valcourt",
      day: 20,
      path: "corridor-biooceanique"
    ),
    Text(
      title: "Lithium\u{202F}: trois manières de partager la rente",
      summary:
        "L’Argentine, la Bolivie et le Chili n’attendent pas la même chose de leurs salars. Comparaison de trois cadres juridiques.",
      author: "Paul Aubertin",
      day: 19,
      path: "lithium-trois-modeles"
    ),
    Text(
      title: "Amazonie\u{202F}: à quoi sert une organisation régionale\u{202F}?",
      summary:
        "Retour sur le mandat de l’OTCA, sur ses moyens et sur ce que ses huit membres acceptent de lui confier.",
      author: "Maëlle Kervadec",
      day: 18,
      path: "amazonie-otca"
    ),
    Text(
      title: "Le canal de Panama à l’épreuve des saisons sèches",
      summary:
        "Niveau du lac Gatún, tirants d’eau, droits de passage\u{202F}: comment une ressource locale règle un trafic mondial.",
      author: "Hugo Lemaistre",
      day: 17,
      path: "panama-saisons-seches"
    ),
    Text(
      title: "Cœur de l’Altiplano\u{202F}: l’œuvre inachevée du rail",
      summary: "Une ligne, trois écartements, et un siècle de projets.",
      author: nil,
      day: 17,
      path: "altiplano-rail"
    ),
    Text(
      title: "Le Guyana et ses voisins",
      summary: "",
      author: "Hugo Lemaistre",
      day: 16,
      path: "guyana"
    ),
    Text(
      title: "Ce que change un tarif douanier commun 🌎",
      summary: String(repeating: "Les effets se lisent d’abord aux postes frontières. ", count: 9),
      author: "Inés Valcourt",
      day: 16,
      path: "tarif"
    ),
    Text(
      title: "La Biélorussie dans l’Union eurasiatique\u{202F}: le bilan d’une décennie",
      summary:
        "Marché du travail, normes techniques, énergie\u{202F}: ce que l’intégration a changé, ce qu’elle a laissé en suspens, et comment le lire dans les statistiques du commerce.",
      author: "Daria Fontanel",
      day: 20,
      path: "dix-ans-union-eurasiatique"
    ),
    Text(
      title: "«\u{A0}Biélorussie\u{A0}» ou «\u{A0}Bélarus\u{A0}»\u{202F}: ce que disent les noms",
      summary:
        "Diplomates, journalistes et géographes n’emploient pas le même mot. Histoire d’un usage qui n’est jamais neutre.",
      author: "Thomas Grellier",
      day: 18,
      path: "bielorussie-ou-belarus"
    ),
    Text(
      title: "Potasse\u{202F}: une filière en quête d’itinéraires",
      summary:
        "Ports, rail, assurances\u{202F}: comment les exportations se réorganisent depuis la fermeture de la voie lituanienne.",
      author: "Inés Valcourt",
      day: 16,
      path: "potasse-itineraires"
    ),
  ]
}
