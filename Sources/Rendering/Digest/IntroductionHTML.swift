import Markup

/// The editor's introduction as the HTML of a mail: every look inline, and no heading of its own.
///
/// The headings are its topics and articles; what the introduction has as headings becomes
/// a bold paragraph. Pictures stay out: only the publication's own come into a mail.
struct IntroductionHTML {
  private var output: [UInt8] = []
  private let accent: String

  /// - Parameter accent: the colour of links.
  static func text(of html: SanitisedHTML, accent: String) -> String {
    var writer = IntroductionHTML(accent: accent)
    writer.write(Array(html.text.utf8)[...])
    return String(decoding: writer.output, as: UTF8.self)
  }

  private init(accent: String) { self.accent = accent }

  /// In sanitised HTML, `<` begins a tag and `>` ends one wherever they stand.
  private mutating func write(_ html: ArraySlice<UInt8>) {
    var rest = html
    while let start = rest.firstIndex(of: UInt8(ascii: "<")),
      let end = rest[start...].firstIndex(of: UInt8(ascii: ">"))
    {
      output += rest[..<start]
      write(tag: rest[(start + 1)..<end])
      rest = rest[(end + 1)...]
    }
    output += rest
  }

  private mutating func write(tag: ArraySlice<UInt8>) {
    let isEnd = tag.first == UInt8(ascii: "/")
    let name = String(
      decoding: tag.dropFirst(isEnd ? 1 : 0).prefix { $0 > 0x20 },
      as: UTF8.self
    )
    // What sanitising leaves of attributes may stay: `href`, `lang` and the like.
    let attributes =
      String(decoding: tag.dropFirst(name.utf8.count), as: UTF8.self) + look(of: name)
    switch name {
    case "h1", "h2", "h3", "h4", "h5", "h6":
      output += (isEnd ? "</b></p>" : "<p\(attributes)><b>").utf8
    case "a" where !isEnd:
      output += "<a class=\"acc\"\(attributes)>".utf8
    case "a", "p", "ul", "ol", "li", "blockquote", "b", "strong", "i", "em", "br", "sup", "sub",
      "q", "cite", "abbr", "span":
      output += (isEnd ? "</\(name)>" : "<\(name)\(attributes)>").utf8
    default: break
    }
  }

  private func look(of name: String) -> String {
    switch name {
    case "a": " style=\"color:\(accent);text-decoration:underline\""
    case "ul", "ol": " style=\"margin:0 0 14px;padding:0 0 0 24px\""
    case "blockquote": " style=\"margin:0 0 14px 24px\""
    case "p", "h1", "h2", "h3", "h4", "h5", "h6": " style=\"margin:0 0 14px\""
    default: ""
    }
  }
}
