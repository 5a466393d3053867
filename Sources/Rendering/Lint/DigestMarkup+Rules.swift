import Markup

extension DigestMarkup {
  /// Words that tell those who hear a list of links nothing.
  private static let vague: Set<String> = [
    "cliquez ici", "ici", "lire la suite", "en savoir plus", "click here", "here", "read more",
    "more", "link", "lien",
  ]
  private static let tracking = ["utm_", "mc_cid=", "mc_eid=", "fbclid=", "gclid="]

  var headings: [(element: Element, text: String)] {
    elements(["h1", "h2", "h3", "h4", "h5", "h6"])
  }
  var links: [(element: Element, text: String)] {
    elements(["a"]).filter { $0.element.attributes["href"] != nil }
  }
  var images: [Element] { elements(["img"]).map(\.element) }

  var documentFindings: [LintFinding] {
    var findings: [LintFinding] = []
    if elements(["html"]).first?.element.attributes["lang"]?.isEmpty != false {
      findings.append(LintFinding(.error, .structure, "the HTML does not say its language"))
    }
    if elements(["title"]).first?.text.isEmpty != false {
      findings.append(LintFinding(.error, .structure, "the HTML has no title"))
    }
    if elements(["table"]).contains(where: { $0.element.attributes["role"] != "presentation" }) {
      findings.append(
        LintFinding(.error, .structure, "a table is not marked role=\"presentation\"")
      )
    }
    for name in ["script", "iframe", "object", "embed", "form", "link", "video", "audio"]
    where !elements([name]).isEmpty {
      findings.append(LintFinding(.error, .structure, "mail programs refuse <\(name)>"))
    }
    if style.contains("@import") || style.contains("url(") {
      findings.append(LintFinding(.error, .structure, "the style block fetches something"))
    }
    return findings
  }

  var headingFindings: [LintFinding] {
    let levels = headings.compactMap { $0.element.name.last?.wholeNumberValue }
    var findings: [LintFinding] = []
    if levels.first != 1 || levels.count(where: { $0 == 1 }) != 1 {
      findings.append(
        LintFinding(.error, .headings, "there must be one h1, before all other headings")
      )
    }
    if let place = zip(levels, levels.dropFirst()).first(where: { $1 > $0 + 1 }) {
      findings.append(
        LintFinding(.error, .headings, "an h\(place.1) follows an h\(place.0)")
      )
    }
    if headings.contains(where: { looksEmpty($0.text) }) {
      findings.append(LintFinding(.error, .headings, "a heading is empty"))
    }
    return findings
  }

  var imageFindings: [LintFinding] {
    images.compactMap { image in
      let source = image.attributes["src"] ?? ""
      if image.attributes["alt"] == nil {
        return LintFinding(.error, .alt, "a picture has no alt text: \(source)")
      }
      guard !source.hasPrefix("https://") else { return nil }
      return LintFinding(.error, .alt, "a picture is not fetched over https: \(source)")
    }
  }

  /// - Parameter text: the plain-text part, which must lead to the same places.
  func linkFindings(text: String) -> [LintFinding] {
    let ids = Set(
      tokens.compactMap { token in
        if case .open(let element) = token { element.attributes["id"] } else { nil }
      }
    )
    let addresses = Set(text.split(whereSeparator: \.isWhitespace))
    return links.flatMap { link, label in
      let href = link.attributes["href"] ?? ""
      return faults(of: href, ids) + faults(of: label, link)
        + (href.hasPrefix("#") || addresses.contains(href[...])
          ? [] : [LintFinding(.warning, .links, "the text part does not have \(href)")])
    }
  }

  private func faults(of href: String, _ ids: Set<String>) -> [LintFinding] {
    if href.hasPrefix("#") {
      return ids.contains(String(href.dropFirst()))
        ? [] : [LintFinding(.error, .links, "there is nothing at \(href)")]
    }
    guard href.hasPrefix("https://") || href.hasPrefix("http://") || href.hasPrefix("mailto:")
    else { return [LintFinding(.error, .links, "“\(href)” is no address to follow")] }
    guard let parameter = Self.tracking.first(where: href.contains) else { return [] }
    return [LintFinding(.warning, .links, "\(href) says who follows it: \(parameter)")]
  }

  private func faults(of label: String, _ link: Element) -> [LintFinding] {
    let spoken = link.attributes["aria-label"] ?? label
    if looksEmpty(spoken) {
      return [LintFinding(.error, .links, "a link has no text: \(link.attributes["href"] ?? "")")]
    }
    guard Self.vague.contains(spoken.lowercased()) else { return [] }
    return [LintFinding(.warning, .links, "a link says only “\(spoken)”")]
  }
}
