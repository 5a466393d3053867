import Markup
import Model
import Yams

/// Reads front matter key by key, and collects all that is wrong with it.
struct FrontMatterReader {
  private let text: ArticleText
  private let zone: Zone
  private(set) var frontMatter = FrontMatter()
  private(set) var problems: [Problem] = []
  private(set) var repairs = Repairs()

  init(_ text: ArticleText, zone: Zone) {
    self.text = text
    self.zone = zone
    let yaml = FrontMatterYAML(text)
    problems = yaml.problems
    for pair in yaml.pairs { read(pair.key, pair.value) }
  }

  private mutating func read(_ key: Node, _ value: Node) {
    guard let name = key.scalar?.string, let known = FrontMatter.Key(rawValue: name) else {
      return report(unknownKey(key.scalar?.string), at: key)
    }
    // A key without a value says nothing.
    guard !value.isNothing else { return }
    switch known {
    case .title, .summary, .erratum, .slug, .id, .url, .image, .language, .typography:
      guard let words = scalar(value, of: known) else { return }
      readText(known, words, at: value)
    case .date: frontMatter.published = date(value, of: known)
    case .updated: frontMatter.updated = date(value, of: known)
    case .draft: frontMatter.isDraft = flag(value, of: known) ?? false
    case .minor: frontMatter.isMinor = flag(value, of: known) ?? false
    case .digest: frontMatter.inDigest = flag(value, of: known) ?? true
    case .topics: frontMatter.topics = (frontMatter.topics ?? []) + topics(value)
    case .authors, .author: frontMatter.authors = distinct(frontMatter.authors + authors(value))
    case .enclosures: readEnclosures(value)
    }
  }

  private mutating func readText(_ key: FrontMatter.Key, _ words: String, at node: Node) {
    switch key {
    case .title: frontMatter.title = line(words).nonEmpty
    case .summary: frontMatter.summary = line(words).nonEmpty
    case .erratum: frontMatter.erratum = line(words).nonEmpty
    case .slug: frontMatter.slug = checked(Slug(words), node, notASlug(words))
    case .id: frontMatter.id = checked(absoluteURI(words), node, notAnID(words))
    case .url: frontMatter.url = checked(webAddress(words), node, notAnAddress(words))
    case .image: frontMatter.image = checked(webAddress(words), node, notAnAddress(words))
    case .language: frontMatter.language = checked(Language(words), node, notALanguage(words))
    case .typography where words == "keep": frontMatter.keepsTypography = true
    default: report("“\(words)” is no kind of typography; the only one is keep", at: node)
    }
  }

  private mutating func line(_ words: String) -> String {
    repairs.note(.invisible, invisibleCharacters(in: words))
    return singleLine(words)
  }

  /// Values in their order, each once.
  private mutating func distinct<Value: Hashable>(_ values: [Value]) -> [Value] {
    var seen: Set<Value> = []
    let kept = values.filter { seen.insert($0).inserted }
    repairs.note(.repetition, values.count - kept.count)
    return kept
  }

  private mutating func checked<Value>(_ value: Value?, _ node: Node, _ message: String) -> Value? {
    if value == nil { report(message, at: node) }
    return value
  }

  private mutating func report(_ message: String, at node: Node) {
    problems.append(text.problem(message, at: node.place(in: text)))
  }
}

extension FrontMatterReader {
  private mutating func scalar(_ node: Node, of key: FrontMatter.Key) -> String? {
    let words = node.scalar?.string
    return checked(words, node, "“\(key.rawValue)” takes one value, not a list or a mapping")
  }

  private mutating func date(_ node: Node, of key: FrontMatter.Key) -> Instant? {
    guard let words = scalar(node, of: key) else { return nil }
    let instant = Instant(singleLine(words), in: zone)
    return checked(instant, node, notADate(words))
  }

  private mutating func flag(_ node: Node, of key: FrontMatter.Key) -> Bool? {
    guard let words = scalar(node, of: key) else { return nil }
    let value: Bool? =
      switch words.lowercased() {
      case "true", "yes", "on": true
      case "false", "no", "off": false
      default: nil
      }
    return checked(value, node, "“\(key.rawValue)” is true or false, not “\(words)”")
  }

  private mutating func topics(_ node: Node) -> [Placed<String>] {
    items(of: node).compactMap { item in
      guard !item.isNothing, let name = scalar(item, of: .topics) else { return nil }
      return Placed(value: singleLine(name), place: item.place(in: text))
    }
    .filter { !$0.value.isEmpty }
  }

  private mutating func authors(_ node: Node) -> [Person] {
    items(of: node).compactMap { item in
      if let mapping = item.mapping { return person(mapping, at: item) }
      guard !item.isNothing, let name = scalar(item, of: .authors) else { return nil }
      return person(byline: name)
    }
  }

  private mutating func person(byline: String) -> Person? {
    repairs.note(.invisible, invisibleCharacters(in: byline))
    if hasTags(byline: byline) { repairs.note(.tags) }
    return Person(byline: byline)
  }

  private func items(of node: Node) -> [Node] {
    node.sequence.map(Array.init) ?? [node]
  }

  private mutating func person(_ mapping: Node.Mapping, at node: Node) -> Person? {
    var person = Person(name: "")
    for (key, value) in mapping where !value.isNothing {
      guard let words = scalar(value, of: .authors) else { continue }
      switch key.scalar?.string {
      case "name": person.name = self.person(byline: words)?.name ?? ""
      case "email":
        person.email = checked(EmailAddress(words), value, notAMailAddress(words))?.description
      case "uri": person.uri = checked(absoluteURI(words), value, notAURI(words))
      case let name:
        report("unknown key “\(name ?? "…")”; an author has name, email and uri", at: key)
      }
    }
    return person.name.isEmpty ? checked(nil, node, "an author must have a name") : person
  }
}

// MARK: - Enclosures

extension FrontMatterReader {
  private mutating func readEnclosures(_ node: Node) {
    let all = items(of: node).compactMap { item in
      if let mapping = item.mapping { return enclosure(mapping, at: item) }
      guard !item.isNothing, let words = scalar(item, of: .enclosures) else { return nil }
      return checked(webAddress(words), item, notAnAddress(words)).map(Enclosure.init(guessing:))
    }
    frontMatter.enclosures = distinct(all)
  }

  private mutating func enclosure(_ mapping: Node.Mapping, at node: Node) -> Enclosure? {
    var enclosure: Enclosure?
    if let address = mapping["url"], let words = scalar(address, of: .enclosures) {
      enclosure = checked(webAddress(words), address, notAnAddress(words))
        .map(Enclosure.init(guessing:))
    } else {
      report("an enclosure must have a url", at: node)
    }
    for (key, value) in mapping where !value.isNothing {
      guard let words = scalar(value, of: .enclosures) else { continue }
      switch key.scalar?.string {
      case "url": break
      case "type":
        enclosure?.type = checked(mediaType(words), value, notAMediaType(words)) ?? ""
      case "length": enclosure?.length = checked(length(words), value, notALength(words))
      case "title": enclosure?.title = line(words).nonEmpty
      case let name:
        report("unknown key “\(name ?? "…")”; an enclosure has url, type, length, title", at: key)
      }
    }
    return enclosure
  }

  private func length(_ words: String) -> Int64? {
    Int64(words).flatMap { $0 >= 0 ? $0 : nil }
  }
}

extension Node {
  /// Whether nothing, or YAML's `~` or `null`, was written.
  var isNothing: Bool {
    guard let scalar, scalar.style == .plain || scalar.style == .any else { return false }
    return ["", "~", "null"].contains(scalar.string)
  }
}

extension String {
  var nonEmpty: String? { isEmpty ? nil : self }
}
