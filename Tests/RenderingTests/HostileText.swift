import Testing

/// A text that has broken feeds, and what must become of it between other letters.
struct HostileText: Sendable, CustomTestStringConvertible {
  let text: String
  /// In content, ids and addresses.
  let verbatim: String
  /// In titles, names and summaries, which are one line.
  let title: String

  var testDescription: String {
    text.unicodeScalars.prefix(8).map { String($0.value, radix: 16) }.joined(separator: " ")
  }

  init(_ text: String, verbatim: String? = nil, title: String? = nil) {
    self.text = text
    self.verbatim = verbatim ?? text
    self.title = title ?? self.verbatim
  }

  static let all: [HostileText] = controls + spaces + invisible + literal + unassigned

  /// What XML has no character for.
  private static let controls =
    ((0x00...0x08).map { $0 } + (0x0e...0x1f).map { $0 } + [0xfffe, 0xffff])
    .compactMap { Unicode.Scalar($0) }.map { HostileText(String($0), verbatim: "") }

  private static let spaces = [
    HostileText("\t", title: " "), HostileText("\n", title: " "),
    HostileText("\r", verbatim: "", title: " "), HostileText("\r\n", verbatim: "\n", title: " "),
    HostileText("\u{b}", verbatim: "", title: " "), HostileText("\u{c}", verbatim: "", title: " "),
    HostileText("\u{85}", title: " "), HostileText("\u{2028}", title: " "),
    HostileText("\u{2029}", title: " "), HostileText(" \t \n ", title: " "),
    HostileText("\u{a0}"), HostileText("\u{202f}"),
  ]

  private static let invisible = [
    "\u{7f}", "\u{feff}", "\u{200b}", "\u{2060}", "\u{202a}", "\u{202b}", "\u{202c}", "\u{202d}",
    "\u{202e}", "\u{2066}", "\u{2067}", "\u{2068}", "\u{2069}",
  ].map { HostileText($0, title: "") }

  private static let literal = [
    "]]>", "<![CDATA[", "<?xml version=\"1.0\"?>", "<!--", "-->", "<!DOCTYPE a>", "&", "&amp;",
    "&amp;lt;", "&eacute;", "&#0;", "&#x1F;", "<", ">", "\"", "'", "<\u{301}", "&\u{fe0f}",
    ">\u{200d}", "\"\u{301}", "\\\u{301}", "/\u{301}", "</title>", "</script>", "<//", "\\",
    "\\u0000",
    "\\\"", "\\n", "{{", "%s", "é", "e\u{301}", "İß", "עברית", "العربية", "\u{200f}", "𝒜",
    "👩\u{200d}👩\u{200d}👧", "🇫🇷", "👍🏽", "e\(String(repeating: "\u{301}", count: 300))",
    "\u{fffd}", "« l’eau »", String(repeating: "]]&<\"\\", count: 3000),
  ].map { HostileText($0) }

  /// Characters that will never be any, of which XML has all but two.
  private static let unassigned = [0xfdd0, 0x1fffe]
    .compactMap { Unicode.Scalar($0) }.map { HostileText(String($0)) }
}
