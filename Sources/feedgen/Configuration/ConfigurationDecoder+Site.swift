import Model
import Transfer

extension ConfigurationDecoder {
  private static let siteKeys = [
    "title", "url", "feeds_url", "language", "timezone", "author", "id", "icon", "logo", "accent",
    "rights", "license", "postal_address", "privacy_url", "legal_url",
  ]

  /// What is written under `site`; topics, feeds, digests and mail are to be added.
  func site(_ root: Section) -> Site? {
    guard let section = section("site", of: root, known: Self.siteKeys) else {
      noteNoSite(root)
      return nil
    }
    let title = section.requiredText("title", example: "Veille géopolitique")
    let url = folderAddress(section, "url", example: "https://veille.example.org/")
    let language = language(section)
    let zone = zone(section)
    let author = author(section)
    let id = id(section, url: url)
    let feedsURL = feedsURL(section, url: url)
    let look = look(section)
    guard let title, let url, let feedsURL, let language, let zone, let author, let id else {
      return nil
    }
    var site = Site(
      title: title,
      url: url.folder,
      feedsURL: feedsURL,
      language: language,
      zone: zone,
      author: author,
      id: id,
      topics: []
    )
    site.take(look)
    return site
  }

  private func noteNoSite(_ root: Section) {
    guard !root.isExcused("site") else { return }
    root.note(
      "“site” is missing; add “site:” with title, url, language, timezone, author and id, "
        + "or see what “feedgen init” writes in a new folder"
    )
  }

  private func feedsURL(_ section: Section, url: WebAddress?) -> String? {
    guard section.has("feeds_url") else { return url.map { $0.folder + "feeds/" } }
    return folderAddress(section, "feeds_url", example: "https://veille.example.org/feeds/")?.folder
  }

  private func folderAddress(_ section: Section, _ key: String, example: String) -> WebAddress? {
    guard section.requiredText(key, example: example) != nil,
      let address = address(section, key, example: example)
    else { return nil }
    guard !address.hasQueryOrFragment else {
      section.noteWrong(key, expected: "an address without “?” and “#”", example: example)
      return nil
    }
    return address
  }

  func address(_ section: Section, _ key: String, example: String) -> WebAddress? {
    section.parsed(
      key,
      expected: "an absolute http or https address in ASCII (a host in another script as “xn--…”)",
      example: example
    ) { WebAddress($0) }
  }

  private func language(_ section: Section) -> Language? {
    guard section.requiredText("language", example: "fr") != nil else { return nil }
    if case .text(let text, isQuoted: false) = section.value("language")?.content,
      text.lowercased() == "no"
    {
      section.note(
        "“site.language”: YAML reads no as false; for Norwegian write “language: \"no\"”, "
          + "or better nb or nn",
        at: "language"
      )
      return nil
    }
    return section.parsed("language", expected: "a language tag (BCP 47)", example: "fr") {
      Language($0)
    }
  }

  private func zone(_ section: Section) -> Zone? {
    guard let name = section.requiredText("timezone", example: "Europe/Paris") else { return nil }
    do throws(ZoneError) {
      return try Zone(named: name)
    } catch {
      note(error, name: name, section)
      return nil
    }
  }

  private func note(_ error: ZoneError, name: String, _ section: Section) {
    switch error {
    case .noDatabase:
      section.note(
        "“site.timezone”: there are no time zones on this machine, because \(Zone.database) "
          + "is missing; run “apt-get install tzdata”",
        at: "timezone"
      )
    case .unknown(let nearest):
      let advice = nearest.map { "did you mean “\($0)”?" } ?? "write for instance “Europe/Paris”"
      section.note("“site.timezone”: there is no time zone “\(name)”; \(advice)", at: "timezone")
    }
  }

  private func author(_ section: Section) -> Person? {
    let example = "{name: La rédaction, email: redaction@example.org}"
    guard let author = self.section("author", of: section, known: ["name", "email", "uri"]) else {
      section.noteMissing("author", example: example)
      return nil
    }
    let email = emailAddress(author, "email", example: "redaction@example.org")
    let uri = address(author, "uri", example: "https://veille.example.org/redaction")
    return author.requiredText("name", example: "La rédaction").map {
      Person(name: $0, email: email?.description, uri: uri?.text)
    }
  }

  private func id(_ section: Section, url: WebAddress?) -> String? {
    // In quotes: YAML takes a text that ends in a colon for a key.
    let example = "\"tag:\(url?.host ?? "veille.example.org"),\(today.year):\""
    guard section.value("id") != nil else {
      guard !section.isExcused("id") else { return nil }
      section.note(
        "“site.id” is missing, the base of all ids, which never changes; add this line "
          + "under “site”: “id: \(example)”",
        at: "id"
      )
      return nil
    }
    guard let id = section.text("id", example: example) else { return nil }
    if let fault = TagURI.fault(in: id, asOf: today) {
      section.note(
        "“site.id”: not a tag URI that can be kept, because \(fault); write for instance "
          + "“id: \(example)”",
        at: "id"
      )
      return nil
    }
    return id
  }

  /// An address; a domain in another script becomes A-labels.
  func emailAddress(_ section: Section, _ key: String, example: String) -> EmailAddress? {
    section.parsed(
      key,
      expected: "an e-mail address",
      example: example
    ) { EmailAddress(converting: $0) }
  }
}
