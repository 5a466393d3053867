import Importing
import Model
import Pipeline

/// A source, and where it is written.
struct PlacedSource {
  var source: ArticleSource
  var place: Place
}

extension ConfigurationDecoder {
  func sources(_ root: Section, _ topics: [Topic]) -> [PlacedSource] {
    guard root.has("sources") else {
      return [PlacedSource(source: folder("articles/"), place: root.place(of: "output"))]
    }
    guard let values = root.list("sources", example: "[articles/]"), !values.isEmpty else {
      if root.value("sources") == nil { root.noteMissing("sources", example: "[articles/]") }
      return []
    }
    return values.enumerated().compactMap { index, value in
      source(value, name: "sources[\(index)]", topics).map {
        PlacedSource(source: $0, place: value.place)
      }
    }
  }

  private func source(_ value: YAMLValue, name: String, _ topics: [Topic]) -> ArticleSource? {
    switch value.content {
    case .text(let text, _) where !text.isEmpty && !text.contains("://"): return folder(text)
    case .text(let text, _) where text.contains("://"):
      findings.note(
        "“sources”: write {feed: \(text)}, or {url: \(text)} for a page",
        at: value.place
      )
    case .mapping(let entries): return source(entries, value, name: name, topics)
    default:
      findings.note(
        "“sources”: the name of a folder is expected, for instance “articles/”",
        at: value.place
      )
    }
    return nil
  }

  private func source(
    _ entries: [YAMLValue.Entry],
    _ value: YAMLValue,
    name: String,
    _ topics: [Topic]
  ) -> ArticleSource? {
    let keys = Set(entries.map(\.key))
    guard let kind = ["wxr", "feed", "url"].first(where: keys.contains) else {
      findings.note(
        "“sources”: “\(entries.first?.key ?? "")” is no kind of source; write the name of a folder "
          + "(articles/), {wxr: export.xml}, {feed: https://…} or {url: https://…}",
        at: value.place
      )
      return nil
    }
    let own = kind == "wxr" ? ["types", "statuses"] : ["was", "every"]
    let section = Section(
      value,
      name: name,
      known: [kind, "topics", "categories"] + own,
      findings: findings
    )
    let entryTopics = entryTopics(section, topics)
    return kind == "wxr"
      ? export(section, entryTopics) : remote(kind, section, entryTopics)
  }

  private func folder(_ text: String) -> ArticleSource {
    .folder(
      FolderSource(
        name: text.hasSuffix("/") ? text : text + "/",
        path: absolutePath(text, in: folder)
      )
    )
  }

  private func export(_ section: Section, _ topics: EntryTopics) -> ArticleSource? {
    let names = textOrTexts(section, "wxr", example: "export.xml")
    var selection = WordPressExport.Selection()
    if let types = section.texts("types", example: "[post, page]") {
      selection.types = Set(types.map(\.text))
    }
    if let statuses = section.texts("statuses", example: "[publish, future]") {
      for (text, place) in statuses where !WordPressExport.Selection.possibleStatuses.contains(text)
      {
        findings.note("“\(section.path("statuses"))”: \(statusAdvice(text))", at: place)
      }
      selection.statuses = Set(statuses.map(\.text))
    }
    guard !names.isEmpty else { return nil }
    return .export(
      ExportSource(
        name: names.joined(separator: ", "),
        paths: names.map { absolutePath($0, in: folder) },
        selection: selection,
        topics: topics
      )
    )
  }

  private func remote(_ kind: String, _ section: Section, _ topics: EntryTopics) -> ArticleSource? {
    let example = kind == "feed" ? "https://example.org/feed/" : "https://example.org/article"
    let address = section.parsed(
      kind,
      expected: "an address with https:// or http://",
      example: example
    ) { WebAddress($0)?.text }
    let was = section.texts("was", example: "[\(example)]")?.map(\.text) ?? []
    let interval = section.interval("every", from: .minutes(5), to: .days(7), example: "1h")
    guard let address else { return nil }
    let source = RemoteSource(
      address: address,
      was: was,
      interval: interval ?? (kind == "feed" ? .hours(1) : .hours(24)),
      topics: topics
    )
    return kind == "feed" ? .feed(source) : .page(source)
  }

  /// One text, or a list of them.
  private func textOrTexts(_ section: Section, _ key: String, example: String) -> [String] {
    if case .list = section.value(key)?.content {
      return section.texts(key, example: "[\(example)]")?.map(\.text) ?? []
    }
    return section.text(key, example: example).map { [$0] } ?? []
  }
}

/// Why posts with a status are not brought in.
func statusAdvice(_ status: String) -> String {
  "“\(status)” is none that can come in: publish and future can; drafts, private posts and those "
    + "with a password stay where they are"
}

extension ConfigurationDecoder {
  private func entryTopics(_ section: Section, _ topics: [Topic]) -> EntryTopics {
    let names = section.texts("topics", example: "[amerique-latine]") ?? []
    return EntryTopics(
      standard: names.compactMap { topic($0.text, at: $0.place, section, "topics", topics) },
      categories: categories(section, topics)
    )
  }

  private func categories(
    _ section: Section,
    _ topics: [Topic]
  ) -> [String: ReadingSettings.CategoryMeaning] {
    guard let value = section.value("categories") else { return [:] }
    guard case .mapping(let entries) = value.content else {
      section.noteWrong(
        "categories",
        expected: "names of categories with the topics that they are",
        example: "{Chroniques: amerique-latine}"
      )
      return [:]
    }
    let pairs = entries.compactMap { entry in
      meaning(of: entry, section, topics).map { (entry.key, $0) }
    }
    return Dictionary(pairs) { first, _ in first }
  }

  /// A category with nothing behind it is known, and no topic.
  private func meaning(
    of entry: YAMLValue.Entry,
    _ section: Section,
    _ topics: [Topic]
  ) -> ReadingSettings.CategoryMeaning? {
    switch entry.value.content {
    case .nothing, .text("", _): .nothing
    case .text(let name, _):
      topic(name, at: entry.value.place, section, "categories", topics).map { .topic($0) }
    case .list, .mapping:
      nil
    }
  }

  private func topic(
    _ name: String,
    at place: Place,
    _ section: Section,
    _ key: String,
    _ topics: [Topic]
  ) -> Slug? {
    let topic = topics.first {
      $0.slug.text == name || $0.title == name || $0.was.contains { $0.text == name }
    }
    if topic == nil {
      let known = topics.map(\.slug.text).joined(separator: ", ")
      findings.note(
        "“\(section.path(key))”: “\(name)” is no topic; the site has: \(known)",
        at: place
      )
    }
    return topic?.slug
  }
}

extension ConfigurationDecoder {
  /// Notes folders that lie in one another, and sources that are named twice.
  func noteOverlaps(of sources: [PlacedSource], with output: String) {
    for source in sources {
      guard let folder = source.folder, overlap(folder.path, output) else { continue }
      findings.note(
        "“sources”: “\(folder.name)” and the output folder lie one in the other, so that feedgen "
          + "would read what it wrote; keep them apart",
        at: source.place
      )
    }
    for (index, later) in sources.enumerated() {
      for earlier in sources[..<index] where isClash(later, earlier) {
        let names = "“\(later.source.name)” and “\(earlier.source.name)”"
        findings.note("“sources”: \(names) share files; remove one", at: later.place)
      }
    }
  }

  private func isClash(_ left: PlacedSource, _ right: PlacedSource) -> Bool {
    if let left = left.folder, let right = right.folder { return overlap(left.path, right.path) }
    return left.source.name == right.source.name
  }

  private func overlap(_ left: String, _ right: String) -> Bool {
    isPath(left, inside: right) || isPath(right, inside: left)
  }
}

extension PlacedSource {
  fileprivate var folder: FolderSource? {
    if case .folder(let folder) = source { folder } else { nil }
  }
}

extension ConfigurationDecoder {
  /// The hosts under “fetch”: sources on them may be read although their addresses are private.
  func allowedHosts(_ root: Section) -> [String] {
    guard let section = section("fetch", of: root, known: ["allow"]) else { return [] }
    let hosts = section.texts("allow", example: "[intranet:8080]") ?? []
    for (host, place) in hosts where !isHostName(host) {
      findings.note(
        "“fetch.allow”: “\(host)” is no name of a host, for instance “intranet:8080”",
        at: place
      )
    }
    return hosts.map(\.text)
  }
}
