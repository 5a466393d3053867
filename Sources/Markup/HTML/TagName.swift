/// The name of a tag in sixteen bytes; two longer ones are equal when their beginnings are.
struct TagName: Hashable, ExpressibleByStringLiteral {
  private var first: UInt64 = 0
  private var second: UInt64 = 0
  private var length: UInt8 = 0

  init() {}

  init(stringLiteral name: String) {
    for byte in name.utf8 { append(byte) }
  }

  mutating func append(_ byte: UInt8) {
    guard length < 16 else { return }
    if length < 8 { first = first << 8 | UInt64(byte) } else { second = second << 8 | UInt64(byte) }
    length += 1
  }
}

extension TagName {
  /// Elements without content, and those that end themselves when the next begins: they nest only
  /// within others, which are counted.
  static let uncounted: Set<TagName> = [
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input",
    "keygen", "link", "meta", "param", "source", "track", "wbr",
    "body", "caption", "colgroup", "frameset", "head", "html", "image",
    "p", "option", "tr", "td", "th", "tbody", "thead", "tfoot",
  ]

  /// Elements that a parser opens again in the next paragraph (HTML §13.2.4.3).
  static let formatting: Set<TagName> = [
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt",
    "u",
  ]

  /// Elements whose content is text, whatever it looks like.
  static let rawText: Set<TagName> = [
    "iframe", "noembed", "noframes", "plaintext", "script", "style", "textarea", "title", "xmp",
  ]

  /// Elements in which those of `rawText` may be ordinary ones, or be overlooked.
  static let foreign: Set<TagName> = ["frameset", "math", "select", "svg", "template"]

  /// Elements in which all are of SVG or MathML.
  static let foreignRoots: Set<TagName> = ["math", "svg"]

  /// Elements with rules of their own, but for those of `uncounted` (HTML §13.2.4.2).
  static let special: Set<TagName> = [
    "address", "applet", "article", "aside", "blockquote", "button", "center",
    "dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption",
    "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "iframe",
    "li",
    "listing", "main", "marquee", "menu", "nav", "noembed", "noframes", "noscript", "object", "ol",
    "plaintext", "pre", "script", "section", "select", "style", "summary", "table", "template",
    "textarea", "title", "ul", "xmp",
  ]

  static let headings: Set<TagName> = ["h1", "h2", "h3", "h4", "h5", "h6"]

  /// Elements past which an end tag closes nothing.
  static let barriers: Set<TagName> = [
    "applet", "marquee", "object", "select", "table", "template",
  ]

  /// Elements that end SVG and MathML when they begin there.
  static let leavingForeignContent: Set<TagName> =
    formatting.union(uncounted).union(["ruby", "span", "sub", "sup", "var"])

  static func items(endedBy name: TagName) -> Set<TagName>? {
    switch name {
    case "li": ["li"]
    case "dd", "dt": ["dd", "dt"]
    default: nil
    }
  }
}
