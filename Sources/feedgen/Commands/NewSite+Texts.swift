import Model

extension NewSite {
  /// The words of the first article, in the language of the site where they are known.
  struct Sample {
    var fileName: String
    var topic: String
    var topicSlug: String
    var title: String
    var summary: String
    var body: String
  }

  var sample: Sample {
    Language(language)?.primary == "fr" ? .french : .english
  }

  func articleText(on day: CivilDate) -> String {
    """
    ---
    title: \(quotedYAML(sample.title))
    date: \(day)
    topics: [\(sample.topicSlug)]
    summary: \(quotedYAML(sample.summary))
    ---

    \(sample.body)

    """
  }

  func configurationText(asOf now: Instant) -> String {
    let year = Zone.utc.civil(now).date.year
    let host = WebAddress(url)?.host ?? "example.org"
    return """
      # A site of feedgen. After a change, “feedgen check” says whether it is right.

      site:
        title: \(quotedYAML(title))
        # Where the publication is read. Its feeds are served at url + feeds/, unless feeds_url
        # says otherwise.
        url: \(quotedYAML(url))
        language: \(quotedYAML(language))
        timezone: \(quotedYAML(timezone))
        # Named where an article has no author.
        author: {name: \(quotedYAML(title))}
        # The base of the articles' permanent ids. Never change it, not even with the address:
        # readers would see every article again.
        id: \(quotedYAML("tag:\(host),\(year):"))
        # Optional: feeds_url, icon, logo, accent: "#0f5b63", rights, license, postal_address,
        # privacy_url, legal_url

      # Each topic has feeds of its own. To rename one, give it a new slug and “was: [old-slug]”.
      topics:
        - slug: \(sample.topicSlug)
          title: \(quotedYAML(sample.topic))
          description: ""

      # Folders of articles: .md, .html and .txt. Also exports of WordPress, feeds and pages, which
      # feedgen follows (docs/sources.md tells all).
      sources:
        - articles/
        # - {wxr: wordpress.xml, topics: [\(sample.topicSlug)]}
        # - {feed: "https://blog.example.org/feed/", topics: [\(sample.topicSlug)]}

      # What feedgen remembers, and the folder that a web server serves.
      store: sqlite:feedgen.db
      output: feeds/

      feeds: {entries: 50, content: full, formats: [atom, rss, json]}

      digests:
        - {name: weekly, cadence: weekly, day: monday, at: "08:00"}

      mail:
        from: \(quotedYAML("\(title) <newsletter@\(host)>"))
        # A mail server. Its password comes from FEEDGEN_SMTP_PASSWORD, or from what
        # password_file or password_command name.
        # smtp: smtp://user@relay.example.org:587
        # An address at which readers can leave by mail; needed before anything is sent.
        # unsubscribe_mailto: leave@example.org
        # Without a mail server, messages are written here; any mail program opens it.
        outbox: outbox/

      """
  }
}

extension NewSite.Sample {
  static let english = NewSite.Sample(
    fileName: "first-article.md",
    topic: "News",
    topicSlug: "news",
    title: "A first article",
    summary: "What an article looks like, and where it is written.",
    body: """
      This article lies in `articles/first-article.md`. Change it, or delete it and write another:
      a file with a title, a date and its topics between two lines `---`, and its text in Markdown.
      """
  )

  static let french = NewSite.Sample(
    fileName: "premier-article.md",
    topic: "Actualités",
    topicSlug: "actualites",
    title: "Un premier article",
    summary: "À quoi ressemble un article, et où il s’écrit.",
    body: """
      Cet article se trouve dans `articles/premier-article.md`. Modifiez-le, ou supprimez-le pour en
      écrire un autre : un fichier avec un titre, une date et ses rubriques entre deux lignes `---`,
      puis le texte en Markdown.
      """
  )
}
