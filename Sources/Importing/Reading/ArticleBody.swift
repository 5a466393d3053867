import Markup
import Model

/// What a file says outside its front matter.
struct ArticleBody {
  /// Nil where there is neither a title nor a text.
  var title: String?
  var summary = ""
  /// What there is to read, not sanitised.
  var text = HTMLFragment.empty
  var language: Language?
  var authors: [Person] = []
  var url: String?
  var published: String?
  /// The text as read.
  let source: String
  /// Title and text as read, for the hash of their words.
  var words: [String] = []

  init(_ text: ArticleText, as format: Format, _ frontMatter: FrontMatter) {
    source = String(text.body)
    url = frontMatter.url
    switch format {
    case .markdown: readMarkdown(text, frontMatter)
    case .html: readHTML(text, frontMatter)
    case .scrapedText: readScraped(text, frontMatter)
    }
  }
}

extension ArticleBody {
  private mutating func readMarkdown(_ text: ArticleText, _ frontMatter: FrontMatter) {
    var markdown = MarkdownBody(text.body)
    let heading = markdown.heading.flatMap {
      singleLine(fragment(ofMarkdown: $0.text, line: 1).plainText).nonEmpty
    }
    if let heading, frontMatter.title == nil || frontMatter.title == heading {
      markdown.removeHeading()
      title = heading
    }
    words = [frontMatter.title ?? title ?? "", markdown.text]
    self.text = fragment(ofMarkdown: markdown.text, line: text.bodyLine)
    title = frontMatter.title ?? title ?? self.text.firstHeading ?? titleFromText
  }

  private mutating func readHTML(_ text: ArticleText, _ frontMatter: FrontMatter) {
    words = [frontMatter.title ?? "", textOutsideTags(text.body)]
    do {
      read(try HTMLPage(parsing: String(text.body)))
    } catch {
      self.text = HTMLFragment(flattening: String(text.body), because: "\(error)")
    }
    title = frontMatter.title ?? title ?? titleFromText
  }

  private mutating func read(_ page: HTMLPage) {
    text = page.body
    title = page.title.map(singleLine)?.nonEmpty
    url = url ?? page.canonicalURL.flatMap(webAddress)
    summary = singleLine(page.description ?? "")
    language = page.language.flatMap { Language($0) }
    authors = page.authors.compactMap(Person.init(byline:))
    published = page.published
  }

  private mutating func readScraped(_ text: ArticleText, _ frontMatter: FrontMatter) {
    let page = ScrapedPage(text.body)
    self.text = fragment(of: page.html)
    words = [frontMatter.title ?? "", String(text.body)]
    title = frontMatter.title ?? page.title
  }

  private var titleFromText: String? { Importing.title(fromText: text.plainText) }
}

/// HTML parsed, or its words alone where that would take too long.
func fragment(of html: String) -> HTMLFragment {
  do {
    return try HTMLFragment(parsing: html)
  } catch {
    return HTMLFragment(flattening: html, because: "\(error)")
  }
}

/// A text in Markdown that begins on a line of a file.
func fragment(ofMarkdown markdown: String, line: Int) -> HTMLFragment {
  do {
    return fragment(of: try html(fromMarkdown: markdown))
  } catch {
    return HTMLFragment(flattening: markdown, because: "\(error.moved(by: line - 1))")
  }
}

/// HTML without what stands between `<` and `>`: for a hash that no version of a parser changes.
func textOutsideTags(_ html: Substring) -> String {
  let bytes = html.utf8.span
  return unsafe String(unsafeUninitializedCapacity: bytes.count) { output in
    var count = 0
    var isInTag = false
    for position in bytes.indices {
      switch bytes[position] {
      case UInt8(ascii: "<"): isInTag = true
      case UInt8(ascii: ">"): isInTag = false
      case let byte where !isInTag:
        unsafe output[count] = byte
        count += 1
      default: break
      }
    }
    return count
  }
}
