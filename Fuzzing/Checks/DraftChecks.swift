package import Importing
package import Model

/// Checks what every draft promises, whatever it was read from.
package func check(_ draft: ArticleDraft) {
  check(line: draft.title, "title")
  expect(!draft.title.isEmpty, "the title is empty")
  check(text: draft.summary, "summary")
  check(sanitised: draft.content, "content")
  check(line: draft.erratum ?? "", "erratum")
  expect(Slug(draft.derivedSlug.text) != nil, "slug \(draft.derivedSlug)")
  for person in draft.authors { check(line: person.name, "author") }
  checkAddresses(of: draft)
  for instant in [draft.published, draft.updated].compactMap(\.self) { check(instant) }
  expect(draft.sourceHash.count == 32 && draft.wordsHash.count == 32, "a hash is missing")
}

private func checkAddresses(of draft: ArticleDraft) {
  if let id = draft.statedID {
    expect(id.utf8.allSatisfy { (0x21...0x7e).contains($0) }, "id \(shown(id))")
  }
  if let url = draft.url { check(address: url, "url") }
  if let image = draft.image { check(address: image, "image") }
  for enclosure in draft.enclosures {
    check(address: enclosure.url, "enclosure")
    check(line: enclosure.type, "type")
    expect(enclosure.length ?? 0 >= 0, "length \(enclosure.length ?? 0)")
  }
}

/// Checks that an instant can be written, and read again.
package func check(_ instant: Instant) {
  let text = instant.rfc3339
  expect(Instant(text, in: .utc) == instant, "\(text) is read as another instant")
}

package enum Sample {
  /// A site whose reader looks at everything: topics to find, and French to typeset.
  package static let settings = ReadingSettings(
    zone: Zone(identifier: "Europe/Paris") { _ in 3600 },
    language: .french,
    topics: ["amerique-latine", "bielorussie"].compactMap { slug in
      Slug(slug).map { Topic(slug: $0, title: slug) }
    }
  )
  package static let reader = ArticleReader(settings: settings)
}
