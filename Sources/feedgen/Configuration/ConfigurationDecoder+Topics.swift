import Model

extension ConfigurationDecoder {
  /// Names that stand for something else beside the topics' folders.
  private static let takenNames = ["archive", "articles", "digests"]
  private static let topicExample =
    "[{slug: amerique-latine, title: Amérique latine, description: \"…\"}]"

  func topics(_ root: Section) -> [Topic] {
    guard let values = root.list("topics", example: Self.topicExample) else {
      if root.value("topics") == nil { root.noteMissing("topics", example: Self.topicExample) }
      return []
    }
    if values.isEmpty { root.noteMissing("topics", example: Self.topicExample) }
    let sections = values.enumerated().map { index, value in
      Section(
        value,
        name: "topics[\(index)]",
        known: ["slug", "title", "description", "was", "retired"],
        findings: findings
      )
    }
    let topics = sections.map(topic)
    noteClashes(Array(zip(sections, topics)))
    return topics.compactMap { $0 }
  }

  private func topic(_ section: Section) -> Topic? {
    let slug = slug(section)
    let title = section.requiredText("title", example: "Amérique latine")
    let description =
      section.isEmptyText("description")
      ? "" : section.text("description", example: "\"Institutions et économies\"")
    let was = was(section)
    let isRetired = section.flag("retired") ?? false
    guard let slug, let title else { return nil }
    return Topic(
      slug: slug,
      title: title,
      description: description ?? "",
      was: was,
      isRetired: isRetired
    )
  }

  private func slug(_ section: Section) -> Slug? {
    let example = "amerique-latine"
    guard section.requiredText("slug", example: example) != nil else { return nil }
    let slug = section.parsed("slug", expected: "a name in \(slugForm)", example: example) {
      Slug($0)
    }
    if let slug, Self.takenNames.contains(slug.text) {
      section.note(
        "“\(section.path("slug"))”: “\(slug)” is the name of a folder of feedgen’s own; "
          + "take another, for instance “\(slug)-2”",
        at: "slug"
      )
    }
    return slug
  }

  private func was(_ section: Section) -> [Slug] {
    let texts = section.texts("was", example: "[old-slug]") ?? []
    return texts.compactMap { text, place in
      if let slug = Slug(text) { return slug }
      findings.note(
        "“\(section.path("was"))”: names in \(slugForm) are expected, for instance “was: [old-slug]”",
        at: place
      )
      return nil
    }
  }

  private func noteClashes(_ topics: [(section: Section, topic: Topic?)]) {
    let slugs = Set(topics.compactMap(\.topic?.slug))
    var seenSlugs: Set<Slug> = []
    var seenTitles: Set<String> = []
    var replaced: Set<Slug> = []
    for case (let section, let topic?) in topics {
      if !seenSlugs.insert(topic.slug).inserted {
        section.note("“\(topic.slug)” is already the slug of a topic above", at: "slug")
      }
      if !seenTitles.insert(topic.title).inserted {
        section.note("“\(topic.title)” is already the title of a topic above", at: "title")
      }
      for slug in topic.was {
        noteClash(of: slug, in: section, isCurrent: slugs.contains(slug), replaced: &replaced)
      }
    }
  }

  private func noteClash(
    of slug: Slug,
    in section: Section,
    isCurrent: Bool,
    replaced: inout Set<Slug>
  ) {
    if isCurrent {
      section.note(
        "“\(section.path("was"))”: “\(slug)” is still the slug of a topic; remove that topic, "
          + "which becomes a part of this one, or take “\(slug)” out of the list",
        at: "was"
      )
    } else if !replaced.insert(slug).inserted {
      section.note(
        "“\(section.path("was"))”: “\(slug)” already became another topic above",
        at: "was"
      )
    }
  }
}

private let slugForm = "lower-case ASCII letters, digits and single hyphens"
