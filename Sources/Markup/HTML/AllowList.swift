/// Which elements and attributes may be shown.
enum AllowList {
  /// Known to feed readers as harmless, or at least their tags are.
  static let elements: Set<String> = [
    "a", "abbr", "acronym", "address", "article", "aside", "audio", "bdi", "blockquote", "br",
    "caption", "cite", "code", "col", "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt",
    "em", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
    "img", "ins", "kbd", "li", "main", "mark", "nav", "ol", "p", "picture", "pre", "q", "rp", "rt",
    "ruby", "s", "samp", "section", "small", "source", "span", "strong", "sub", "summary", "sup",
    "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "u", "ul", "var", "video", "wbr",
  ]

  /// Elements whose content is not text to read, or not safe.
  static let droppedWithContent: Set<String> = [
    "script", "style", "template", "noscript", "iframe", "object", "embed", "applet", "svg",
    "math", "title", "head", "noembed", "noframes",
  ]

  static let void: Set<String> = ["br", "col", "hr", "img", "source", "wbr"]

  /// Elements by the name they are shown with.
  static let renamed = ["b": "strong", "i": "em", "strike": "s"]

  static func treatment(of name: String) -> Treatment { treatments[name] ?? .unwrap }

  /// All of this by the name that an element has in the source: one look-up for each.
  private static let treatments: [String: Treatment] = {
    var treatments: [String: Treatment] = [:]
    for name in droppedWithContent { treatments[name] = .drop }
    for name in elements { treatments[name] = .show(shown(name)) }
    for (name, shownName) in renamed { treatments[name] = .show(shown(shownName)) }
    return treatments
  }()

  private static func shown(_ name: String) -> ShownElement {
    ShownElement(
      name: name,
      isVoid: void.contains(name),
      attributes: everywhere.merging(byElement[name] ?? [:]) { general, _ in general },
      nesting: Nesting.kinds[name]
    )
  }

  private static let everywhere: [String: AttributeKind] = ["lang": .language, "dir": .direction]

  private static let byElement: [String: [String: AttributeKind]] = [
    "a": ["href": .link, "title": .text, "hreflang": .language, "type": .text],
    "abbr": ["title": .text],
    "acronym": ["title": .text],
    "dfn": ["title": .text],
    "img": [
      "src": .image, "srcset": .sourceSet, "sizes": .text, "alt": .text, "title": .text,
      "width": .number, "height": .number,
    ],
    "source": [
      "src": .resource, "srcset": .sourceSet, "sizes": .text, "type": .text, "width": .number,
      "height": .number,
    ],
    "audio": ["src": .resource, "controls": .flag],
    "video": [
      "src": .resource, "poster": .resource, "controls": .flag, "width": .number,
      "height": .number,
    ],
    "blockquote": ["cite": .resource],
    "q": ["cite": .resource],
    "del": ["cite": .resource, "datetime": .text],
    "ins": ["cite": .resource, "datetime": .text],
    "time": ["datetime": .text],
    "ol": ["start": .number],
    "td": ["colspan": .number, "rowspan": .number],
    "th": ["colspan": .number, "rowspan": .number],
  ]
}

/// What is done with an element.
enum Treatment {
  /// It goes, and all that is in it.
  case drop
  /// It goes, and what is in it stays.
  case unwrap
  case show(ShownElement)
}

/// How elements of one name are shown.
struct ShownElement {
  let name: String
  let isVoid: Bool
  let attributes: [String: AttributeKind]
  /// Nil where its nesting is not all that matters.
  let nesting: Nesting.Kind?
}

/// What the value of an attribute is, and so what it may be.
enum AttributeKind {
  case text, language, direction, number, flag
  /// An address that a person follows.
  case link
  /// An address that a program fetches.
  case resource
  /// The same, or a small picture inside the address.
  case image
  case sourceSet
}
