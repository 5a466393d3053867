import Markup
import Model
import TestSupport
import Testing

/// Shows no-break spaces: `_` is U+202F, `~` is U+00A0.
private func shown(_ text: String) -> String {
  text.replacing("\u{202f}", with: "_").replacing("\u{a0}", with: "~")
}

private func typeset(html: String) throws -> String {
  try HTMLFragment(parsing: html).typesetInFrench().sanitised(base: "https://a.example/").text
}

@Suite struct FrenchTypographyTests {
  /// What a rule changes.
  static let changed: [(String, String)] = [
    // Signs.
    ("Pourquoi ?", "Pourquoi_?"), ("Pourquoi?", "Pourquoi_?"), ("Non ! Si.", "Non_! Si."),
    ("Non!", "Non_!"), ("Quoi ?!", "Quoi_?!"), ("Quoi?!", "Quoi_?!"), ("Oh !!", "Oh_!!"),
    ("Minsk : une ville", "Minsk_: une ville"), ("Minsk: une ville", "Minsk_: une ville"),
    ("un ; deux; trois", "un_; deux_; trois"), ("(un) ; (deux): x", "(un)_; (deux)_: x"),
    ("un  ;  deux", "un_;  deux"), ("un\n: deux", "un_: deux"), ("été?", "été_?"),
    ("e\u{301}te\u{301}?", "e\u{301}te\u{301}_?"), ("(vraiment ?)", "(vraiment_?)"),
    ("la\u{300}!", "la\u{300}_!"),
    ("En 2026 : trois", "En 2026_: trois"), ("En 2026: trois", "En 2026_: trois"),
    ("En 2026 : 3 morts", "En 2026_: 3 morts"), ("En 2026?", "En 2026_?"),
    ("Quoi… ?", "Quoi…_?"), ("Да?", "Да_?"),
    ("https://a.example ; fin", "https://a.example_; fin"), ("C++ ?", "C++_?"),
    // Percentages.
    ("10 %", "10_%"), ("10%", "10_%"), ("(10,5%)", "(10,5_%)"), ("20%-25%", "20_%-25_%"),
    ("10 % des voix", "10_% des voix"), ("1 000 %", "1_000_%"),
    // Guillemets.
    ("« oui »", "«~oui~»"), ("«oui»", "«~oui~»"), ("« oui ! »", "«~oui_!~»"),
    ("dit: «oui»!", "dit_: «~oui~»_!"), ("l’« affaire »", "l’«~affaire~»"),
    ("«_oui_»", "«_oui_»"), ("« oui » ?", "«~oui~»_?"), ("«\noui\n»", "«~oui~»"),
    // Quotation marks.
    ("Un \"mot\".", "Un «~mot~»."), ("(\"mot\")", "(«~mot~»)"),
    ("\"Un\" et \"deux\"", "«~Un~» et «~deux~»"),
    ("l'\"État\"", "l’«~État~»"), ("« il dit \"oui\" »", "«~il dit “oui”~»"),
    ("\"il dit “oui”\"", "«~il dit “oui”~»"), ("\"Quoi ?\"", "«~Quoi_?~»"),
    ("\"Quoi?\" dit-il", "«~Quoi_?~» dit-il"), ("dit:\"oui\"", "dit_:\"oui\""),
    ("un écran dit \"de 21 pouces\"", "un écran dit «~de 21 pouces~»"),
    // Apostrophes and ellipses.
    ("l'été", "l’été"), ("aujourd'hui", "aujourd’hui"), ("L'ÉTÉ", "L’ÉTÉ"),
    ("jusqu'« ici »", "jusqu’«~ici~»"), ("l'11 novembre", "l’11~novembre"),
    ("qu'1 mot", "qu’1 mot"), ("O'Higgins", "O’Higgins"), ("Sana'a", "Sana’a"),
    ("Et puis...", "Et puis…"), ("Quoi... Non.", "Quoi… Non."), ("[...]", "[…]"),
    ("... et puis", "… et puis"), ("Quoi...?", "Quoi…?"), ("\u{3000}...", "\u{3000}…"),
    // Numbers.
    ("1 000", "1_000"), ("12 345 678 euros", "12_345_678 euros"), ("1 000,5", "1_000,5"),
    ("de 1 000 à 2 000", "de 1_000 à 2_000"), ("-1 000", "-1_000"), ("d'1 000", "d’1_000"),
    ("n° 5", "n°~5"), ("n°5", "n°~5"), ("N° 12", "N°~12"),
    ("23 novembre 2026", "23~novembre 2026"), ("1er mai", "1er~mai"), ("05 Août", "05~Août"),
    ("le 3\nmars", "le 3~mars"),
  ]

  @Test(arguments: changed) func `a text is typeset`(text: String, result: String) {
    let typeset = FrenchTypography.typeset(text.replacing("_", with: "\u{202f}"))
    #expect(shown(typeset) == result)
  }

  /// What a rule could take for its own.
  static let kept: [String] = [
    // Addresses, paths, code.
    "https://a.example/?q=1;b=2!c", "http://a.example:8080/x", "www.a.example/l'eau?x", "https:",
    "Voir https://a.example/a'b...c", "mailto:a@b.example?subject=x", "a.b'c@d.example",
    "http: ou https: suivi de", "/usr/bin/l'outil", "./a/b...", "../l'x", "a.example/l'eau",
    "C:\\dir",
    "C: est un disque", "doi:10.1000/182", "10.1000/l'182", "std::string", "a::b", "Foo::bar()",
    "x?y:z", "a=b;", "print(\"x\");", "f(x); g(y)!", "a->b'c", "&eacute;", "R&D;", "#l'eau!",
    "@l'eau?",
    "snake_case'x!", "100%20", "%20", "a%20b", "%d", "<b>l'x</b>", "{a:\"b\"}", "a/b/c'd!",
    "f(\"x\")?", "https://a.example...",
    "urn:isbn:123", "clé:valeur", "`l'x`",
    // Times, ratios, scores.
    "10:30", "à 10:30, 3:1", "3 : 1", "16 : 9", "1:2", "2-1", "12:30:45", "7 % 3",
    // Emoticons and groups of signs.
    ":-)", ":)", "Merci :)", "Bof ;-)", "Ah ;)", "Oh :D", ":smile:", "!!", "?!", "Quoi…?", "(?)",
    "(!)",
    "!", "?", ":", "; x", "x !important", "x ?y", "a :b", "a !=b",
    // Mathematics and names.
    "5!", "n!", "C++", "f'(x)", "5'10", "6' 2\"", "21\"", "un 21\" et un 24\"", "a \"b c",
    "\" a \"",
    "un \"21\" plat\" dit", "'mot'", "rock 'n' roll", "les '90", "n' x", "Q: x",
    // Ellipses that are none.
    "....", "a...b", "1...5", ". . .", "..",
    // Numbers that are not grouped.
    "06 12 34 56 78", "01 234 567", "2026 300", "1000", "+33 123 456", "1 000 12", "12 34",
    "1 0000",
    "A1 000", "3,1 000", "en 2026 123 456", "32 mars-", "123 mai 2", "5 marsouins", "3.5 mai",
    "un°5",
    "nos 5 et 6", "n°", "1er",
    // Spaces that are there, German marks, a lone guillemet.
    "mot\u{202f}!", "mot\u{a0}:", "«\u{a0}mot\u{a0}»", "«\u{202f}mot\u{202f}»", "10\u{a0}%",
    "1\u{202f}000", "1\u{a0}000", "mot \u{a0}!", "»Wort«", "das »Wort« ist", "«", "»", "« ", " »",
    "«»",
    // Other marks.
    "“mot”", "‘mot’", "“il dit \"oui\"”", "a - b", "a – b — c", "l’été", "…", "mot ‹a›",
    "👍!", "", " ", "\n",
  ]

  @Test(arguments: kept) func `what is no matter of French typography stays`(text: String) {
    #expect(shown(FrenchTypography.typeset(text)) == shown(text))
  }

  @Test(arguments: changed.map(\.0) + kept)
  func `typesetting twice is typesetting once`(text: String) {
    let once = FrenchTypography.typeset(text)
    #expect(shown(FrenchTypography.typeset(once)) == shown(once))
  }

  @Test func `no text at random is changed by typesetting it again`() {
    var random = SeededGenerator()
    let pieces = [
      " ", " ", " ", "\u{a0}", "\u{202f}", "\n", "a", "mot", "l", "qu", "n", "N°", "n°", "°", "1",
      "12",
      "000", "345", "er", "mai", "é", "e\u{301}", "'", "’", "\"", "\"", "«", "»", "“", "”", "(",
      ")",
      "[", "]", ";", ":", "!", "?", "%", ".", "...", "…", ",", "-", "—", "/", "@", "#", "=", "_",
      "https://a.b/", "\u{fffc}", "👍", "{", "}", "<", ">", "&", "C", "http",
    ]
    for _ in 0..<SeededGenerator.rounds * 20 {
      let length = Int.random(in: 1...14, using: &random)
      let text = (0..<length).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      let once = FrenchTypography.typeset(text)
      let twice = FrenchTypography.typeset(once)
      #expect(shown(twice) == shown(once), "\(shown(text))")
    }
  }

  @Test(arguments: ["é", "中", "𝒜"])
  func `how many bytes a letter has changes nothing`(letter: String) {
    var random = SeededGenerator()
    let pieces = ["b", "b", "b"] + " \n\u{a0}\u{202f}1'\"«»“”()/.:;!?%°-…".map { String($0) }
    for _ in 0..<SeededGenerator.rounds * 5 {
      let text = (0..<14).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      let typeset = FrenchTypography.typeset(text.replacing("b", with: letter))
      let expected = FrenchTypography.typeset(text).replacing("b", with: letter)
      #expect(shown(typeset) == shown(expected), "\(shown(text))")
    }
  }

  @Test func `only spaces, quotation marks, apostrophes and points are ever changed`() {
    var random = SeededGenerator()
    let letters = "aé1 :;!?%«»\"'.’“”…\u{a0}\u{202f}n°".unicodeScalars.map { String($0) }
    for _ in 0..<SeededGenerator.rounds * 5 {
      let text = (0..<20).map { _ in letters.randomElement(using: &random) ?? "" }.joined()
      let typeset = FrenchTypography.typeset(text)
      #expect(words(typeset) == words(text), "\(shown(text))")
    }
  }

  private func words(_ text: String) -> String {
    let plain = text.replacing("...", with: "…")
    return String(
      String.UnicodeScalarView(
        plain.unicodeScalars.filter { !" \u{a0}\u{202f}\"«»“”'’".unicodeScalars.contains($0) }
      )
    )
  }

  @Test(
    .timeLimit(.minutes(5)),
    arguments: [
      "a ", " ", "!", "«", "\"", "a'", "1 000 ", "...", "a:b", ": ", "« ", "« a", "\u{301}",
    ]
  )
  func `time grows with the length of a text alone`(piece: String) {
    let text = String(repeating: piece, count: 100_000 / piece.utf8.count)
    #expect(FrenchTypography.typeset(text).utf8.count >= text.utf8.count / 3)
  }

  @Test(arguments: [
    ("fr", true), ("fr-FR", true), ("FR-be", true), ("fr-LU", true), ("fr-Latn-FR", true),
    ("fr-CA", false), ("fr-ch", false), ("en", false), ("frr", false), ("es", false),
    ("pt-BR", false), ("de-FR", false),
  ])
  func `French is typeset, but for that of Canada and Switzerland`(tag: String, applies: Bool)
    throws
  {
    let language = try #require(Language(tag))
    #expect(FrenchTypography.applies(to: language) == applies)
  }
}

@Suite struct HTMLTypographyTests {
  @Test(arguments: [
    ("<p><em>mot</em> : suite</p>", "<p><em>mot</em>_: suite</p>"),
    ("<p><em>mot </em>!</p>", "<p><em>mot_</em>!</p>"),
    ("<p><em>mot </em> !</p>", "<p><em>mot_</em>!</p>"),
    ("<p>mot <strong>?</strong></p>", "<p>mot_<strong>?</strong></p>"),
    ("<p>Quoi<strong>?</strong></p>", "<p>Quoi<strong>_?</strong></p>"),
    ("<p>l'<em>État</em></p>", "<p>l’<em>État</em></p>"),
    ("<p>l<em>'État</em></p>", "<p>l<em>’État</em></p>"),
    ("<p>« <em>mot</em> »</p>", "<p>«~<em>mot</em>~»</p>"),
    ("<p>\"<em>mot</em>\"</p>", "<p>«~<em>mot</em>~»</p>"),
    ("<p>le 1<sup>er</sup> mai</p>", "<p>le 1<sup>er</sup>~mai</p>"),
    ("<p>1 <strong>000</strong></p>", "<p>1_<strong>000</strong></p>"),
    ("<p>un <em> mot </em> <q> :</q></p>", "<p>un <em> mot_</em><q>:</q></p>"),
    ("<p>Quoi.<em>. </em></p>", "<p>Quoi.<em>. </em></p>"),
    ("<p>Quoi.<em>.</em>. Non !</p>", "<p>Quoi…<em></em> Non_!</p>"),
    ("<p>mot<code>l'x !</code> ?</p>", "<p>mot<code>l'x !</code>_?</p>"),
    ("<p><code>x</code>: mot</p>", "<p><code>x</code>_: mot</p>"),
    ("<p>l'<code>x</code></p>", "<p>l’<code>x</code></p>"),
    ("<p>a<br>: b</p>", "<p>a<br>: b</p>"),
    ("<p>a</p><p>!</p>", "<p>a</p><p>!</p>"),
    ("<ul><li>a <li>! b</ul>", "<ul><li>a </li><li>! b</li></ul>"),
    ("<p>\"a</p><p>b\"</p>", "<p>&quot;a</p><p>b&quot;</p>"),
    ("<pre>l'eau ! « x »</pre>", "<pre>l'eau ! « x »</pre>"),
    ("<kbd>l'eau !</kbd><samp>l'x ?</samp>", "<kbd>l'eau !</kbd><samp>l'x ?</samp>"),
    ("<var>l'x !</var>", "<var>l'x !</var>"),
    (
      "<p><a href='/l%27eau?a;b:c !'>l'eau !</a></p>",
      "<p><a href=\"https://a.example/l%27eau?a;b:c%20!\">l’eau_!</a></p>"
    ),
    (
      "<p lang=en>What's up ? <em lang=fr>l'eau !</em></p>",
      "<p lang=\"en\">What's up ? <em lang=\"fr\">l’eau_!</em></p>"
    ),
    ("<p>Il dit <em lang=en>don't !</em> ?</p>", "<p>Il dit <em lang=\"en\">don't !</em>_?</p>"),
    ("<p lang=fr-CA>l'eau ?</p>", "<p lang=\"fr-CA\">l'eau ?</p>"),
    ("<code lang=fr>l'eau !</code>", "<code lang=\"fr\">l'eau !</code>"),
    (
      "<img src=l'x alt=\"l'eau !\" title='Quoi ?'>",
      "<img src=\"https://a.example/l'x\" alt=\"l’eau_!\" title=\"Quoi_?\">"
    ),
    ("<abbr title=\"l'Organisation\">O</abbr>", "<abbr title=\"l’Organisation\">O</abbr>"),
    (
      "<p lang=en><img src=x alt=\"It's !\"></p>",
      "<p lang=\"en\"><img src=\"https://a.example/x\" alt=\"It's !\"></p>"
    ),
    ("<p>a <img src=x> !</p>", "<p>a <img src=\"https://a.example/x\">_!</p>"),
    ("<p>&laquo;&nbsp;a&nbsp;&raquo;&nbsp;!</p>", "<p>«~a~»~!</p>"),
    ("<script>l'x !</script><p>a</p>", "<p>a</p>"),
  ])
  func `a fragment is typeset by what stands around its signs`(html: String, result: String) throws
  {
    let once = try typeset(html: html)
    #expect(shown(once) == result)
    #expect(shown(try typeset(html: once)) == result)
  }

  @Test func `what a browser shows as code is none of ours, although its element goes`() throws {
    #expect(try typeset(html: "<tt>l'x !</tt>") == "l'x !")
  }

  @Test(arguments: hostileMarkup)
  func `a typeset fragment is as safe as it was`(_ vector: String) throws {
    let clean = try typeset(html: "<p>\"avant\" : l'eau</p>\(vector) ?")
    #expect(SafeHTMLGrammar(clean).faults == [])
    #expect(try sanitised(clean, base: "https://a.example/") == clean)
  }
}
