import Markup
import Model

extension ArticleReader {
  /// Puts together what the front matter says, then the text itself, then the settings.
  func draft(
    _ frontMatter: FrontMatter,
    _ body: ArticleBody,
    _ topics: [Slug],
    origin: Article.Origin,
    source: String,
    repairs: Repairs
  ) -> ArticleDraft {
    let language = frontMatter.language ?? body.language ?? settings.language
    let isTypeset = FrenchTypography.applies(to: language) && !frontMatter.keepsTypography
    let typeset = { isTypeset ? FrenchTypography.typeset($0) : $0 }
    let content = ReadContent(
      body.text,
      base: body.url,
      summary: frontMatter.summary ?? body.summary,
      isTypeset: isTypeset
    )
    let stated = body.published.flatMap { Instant($0, in: settings.zone) }
    var draft = ArticleDraft(
      statedID: frontMatter.id,
      statedSlug: frontMatter.slug,
      derivedSlug: slug(fromFileName: origin.key),
      origin: origin,
      title: typeset(body.title ?? ""),
      summary: content.summary,
      content: content.html,
      language: language,
      authors: frontMatter.authors.isEmpty ? body.authors : frontMatter.authors,
      topics: topics,
      url: body.url,
      image: frontMatter.image,
      enclosures: frontMatter.enclosures,
      published: frontMatter.published ?? stated ?? settings.defaultPublished,
      updated: frontMatter.updated,
      isDraft: frontMatter.isDraft,
      isMinor: frontMatter.isMinor,
      inDigest: frontMatter.inDigest,
      erratum: frontMatter.erratum.map(typeset),
      source: source,
      sourceHash: [],
      wordsHash: wordsHash(of: [frontMatter.summary ?? ""] + body.words),
      repairs: repairs
    )
    draft.repairs.add(content.repairs)
    draft.repairs.note(.date, isEarlier(draft.updated, draft.published) ? 1 : 0)
    let isUnreadable = body.published != nil && stated == nil && frontMatter.published == nil
    draft.repairs.note(.pageDate, isUnreadable ? 1 : 0)
    draft.sourceHash = sourceHash(of: draft, frontMatter, body)
    return draft
  }
}

private func isEarlier(_ updated: Instant?, _ published: Instant?) -> Bool {
  guard let updated, let published else { return false }
  return updated < published
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
  digest.add(draft.authors)
  digest.add("topic", draft.topics.map(\.text))
  digest.add("url", draft.url)
  digest.add("image", draft.image)
  digest.add(draft.enclosures)
  digest.add("published", draft.published?.rfc3339)
  digest.add("updated", draft.updated?.rfc3339)
  digest.add("flags", "\(draft.isDraft) \(draft.inDigest) \(frontMatter.keepsTypography)")
  digest.add("erratum", frontMatter.erratum)
  return digest.finish()
}
