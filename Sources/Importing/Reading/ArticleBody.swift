import Markup
import Model

/// What a file says outside its front matter.
struct ArticleBody {
  /// Nil where there is neither a title nor a text.
  var title: String?
  var summary = ""
  /// Sanitised HTML.
  var content = ""
  var language: Language?
  var authors: [Person] = []
  var url: String?
  var published: String?
  /// The text as read.
  let source: String
  /// Title and text as read, for the hash of their words.
  var words: [String] = []

  init(_ text: ArticleText, as format: Format, _ frontMatter: FrontMatter) throws {
    source = String(text.body)
    switch format {
    case .markdown: try readMarkdown(text, frontMatter)
    case .html: try readHTML(text, frontMatter)
    case .scrapedText: try readScraped(text, frontMatter)
    }
  }
}

extension ArticleBody {
  private mutating func readMarkdown(_ text: ArticleText, _ frontMatter: FrontMatter) throws {
    var markdown = MarkdownBody(text.body)
    let heading = try markdown.heading.flatMap { try plainLine(ofMarkdown: $0.text) }
    if let heading, frontMatter.title == nil || frontMatter.title == heading {
      markdown.removeHeading()
      title = heading
    }
    words = [frontMatter.title ?? title ?? "", markdown.text]
    let fragment = try HTMLFragment(parsing: html(fromMarkdown: markdown.text))
    content = fragment.sanitised(base: frontMatter.url).text
    let fallback = { fragment.firstHeading ?? Importing.title(fromText: fragment.plainText) }
    title = frontMatter.title ?? title ?? fallback()
  }

  private mutating func readHTML(_ text: ArticleText, _ frontMatter: FrontMatter) throws {
    let page = try HTMLPage(parsing: String(text.body))
    url = frontMatter.url ?? page.canonicalURL.flatMap(webAddress)
    content = page.body.sanitised(base: url).text
    summary = singleLine(page.description ?? "")
    language = page.language.flatMap { Language($0) }
    authors = page.author.flatMap(Person.init(byline:)).map { [$0] } ?? []
    published = page.published
    words = [frontMatter.title ?? "", textOutsideTags(text.body)]
    let fallback = { Importing.title(fromText: page.body.plainText) }
    title = frontMatter.title ?? page.title.map(singleLine)?.nonEmpty ?? fallback()
  }

  private mutating func readScraped(_ text: ArticleText, _ frontMatter: FrontMatter) throws {
    let page = ScrapedPage(text.body)
    content = try HTMLFragment(parsing: page.html).sanitised(base: frontMatter.url).text
    words = [frontMatter.title ?? "", String(text.body)]
    title = frontMatter.title ?? page.title
  }
}

private func plainLine(ofMarkdown markdown: String) throws -> String? {
  let fragment = try HTMLFragment(parsing: html(fromMarkdown: markdown))
  return singleLine(fragment.plainText).nonEmpty
}

/// HTML without what stands between `<` and `>`: for a hash that no version of a parser changes.
private func textOutsideTags(_ html: Substring) -> String {
  var output: [UInt8] = []
  var isInTag = false
  for byte in html.utf8 {
    switch byte {
    case UInt8(ascii: "<"): isInTag = true
    case UInt8(ascii: ">"): isInTag = false
    default: if !isInTag { output.append(byte) }
    }
  }
  return String(decoding: output, as: UTF8.self)
}
