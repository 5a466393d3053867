import Model

extension ArticleReader {
  /// Puts together what the front matter says, then the text itself, then the settings.
  func draft(
    _ frontMatter: FrontMatter,
    _ body: ArticleBody,
    _ topics: [Slug],
    origin: Article.Origin,
    source: String,
    repairs: Int
  ) -> ArticleDraft {
    let stated = body.published.flatMap { Instant($0, in: settings.zone) }
    var draft = ArticleDraft(
      statedID: frontMatter.id,
      statedSlug: frontMatter.slug,
      derivedSlug: slug(fromFileName: origin.key),
      origin: origin,
      title: body.title ?? "",
      summary: frontMatter.summary ?? body.summary,
      content: body.content,
      language: frontMatter.language ?? body.language ?? settings.language,
      authors: frontMatter.authors.isEmpty ? body.authors : unique(frontMatter.authors),
      topics: topics,
      url: frontMatter.url ?? body.url,
      image: frontMatter.image,
      published: frontMatter.published ?? stated ?? settings.defaultPublished,
      updated: frontMatter.updated,
      isDraft: frontMatter.isDraft,
      isMinor: frontMatter.isMinor,
      inDigest: frontMatter.inDigest,
      erratum: frontMatter.erratum,
      source: source,
      sourceHash: [],
      wordsHash: wordsHash(of: [frontMatter.summary ?? ""] + body.words),
      repairs: repairs
    )
    draft.sourceHash = sourceHash(of: draft, frontMatter, body)
    return draft
  }
}

private func unique(_ people: [Person]) -> [Person] {
  var seen: Set<Person> = []
  return people.filter { seen.insert($0).inserted }
}

/// The digest of everything that the file and the settings say.
///
/// What was derived from the text (title of a scraped page, content) is left out, since a newer
/// feedgen may derive it differently; the text itself stands for it. `minor` is left out too: it
/// tells how to take a change, and is none.
private func sourceHash(
  of draft: ArticleDraft,
  _ frontMatter: FrontMatter,
  _ body: ArticleBody
) -> [UInt8] {
  var digest = FieldsDigest()
  digest.add("id", draft.statedID)
  digest.add("slug", draft.statedSlug?.text)
  digest.add("summary", frontMatter.summary)
  digest.add("title", frontMatter.title)
  digest.add("text", body.source)
  digest.add("language", draft.language.tag)
  for author in draft.authors {
    digest.add("author", author.name)
    digest.add("email", author.email)
    digest.add("uri", author.uri)
  }
  digest.add("topic", draft.topics.map(\.text))
  digest.add("url", draft.url)
  digest.add("image", draft.image)
  digest.add("published", draft.published?.rfc3339)
  digest.add("updated", draft.updated?.rfc3339)
  digest.add("flags", "\(draft.isDraft) \(draft.inDigest) \(frontMatter.keepsTypography)")
  digest.add("erratum", draft.erratum)
  return digest.finish()
}
