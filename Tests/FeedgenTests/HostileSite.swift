import Foundation
import TestSupport

/// Articles that have broken other generators, one of them a document (see their names).
enum HostileSite {
  static let count = articles.count

  /// A site with all of them, and so few entries a document that there are archives.
  static func make() throws -> TestSite {
    let site = try TestSite()
    for (index, article) in articles.enumerated() {
      // JSON's strings are YAML's too.
      let title = String(decoding: try JSONEncoder().encode(article.title), as: UTF8.self)
      let bytes = Data(
        """
        ---
        title: \(title)
        id: "\(id(index))"
        date: 2026-11-\(index / 10 + 10)T0\(index % 10):00:00+01:00
        topics: [\(index.isMultiple(of: 2) ? "amerique-latine" : "bielorussie")]
        \(article.frontMatter)
        ---

        """.utf8
      )
      let path = site.folder.file("articles/n\(index).html")
      try (bytes + Data(article.body)).write(to: URL(fileURLWithPath: path))
    }
    return site
  }

  static func id(_ index: Int) -> String { "tag:veille.example.org,2026:hostile/\(index)" }

  private struct Article {
    var title: String
    var body: [UInt8]
    var frontMatter: String

    init(_ title: String, _ body: String = "<p>Un texte.</p>", _ frontMatter: String = "") {
      self.init(title, Array(body.utf8), frontMatter)
    }

    init(_ title: String, _ body: [UInt8], _ frontMatter: String = "") {
      self.title = title
      self.body = body
      self.frontMatter = frontMatter
    }
  }

  private static let articles = [
    Article("Balises <b>dans</b> le titre & l’esperluette"),
    Article("Déjà échappé : &amp;amp; et &lt;b&gt;"),
    Article("]]> <![CDATA[ <?xml version=\"1.0\"?>", "<p>]]&gt; <![CDATA[x]]> <?xml?></p>"),
    Article("Combinaisons <\u{301}b> &\u{fe0f}amp;", "<p><\u{301}b &\u{fe0f} >\u{200d}</p>"),
    Article("Émoji 👩‍👩‍👧‍👦 🇧🇾 et bidi \u{202e}renversé", "<p>\u{202e}abc 👍🏽</p>"),
    Article("Espaces\u{202f}: «\u{a0}oui\u{a0}»\u{202f}!", "<p>L’«\u{a0}été\u{a0}»\u{202f}?</p>"),
    Article("Contrôles", Array("<p>a\u{1}b\u{8}c\u{1f}d\u{7f}e\u{92}f</p>".utf8)),
    Article(
      "Latin-1",
      Array("<p>caf".utf8) + [0xe9] + Array(" l".utf8) + [0x92] + Array("eau</p>".utf8)
    ),
    Article(
      "UTF-8 fautif",
      [0x3c, 0x70, 0x3e, 0xc3, 0xa9, 0xed, 0xa0, 0x80, 0xf8, 0xc0, 0xaf, 0x61]
    ),
    Article(
      "Non-caractères",
      Array("<p>a".utf8) + [0xef, 0xbf, 0xbe, 0x62, 0xef, 0xbf, 0xbf, 0x63, 0xef, 0xb7, 0x90]
    ),
    Article(
      "Références",
      "<p>&eacute; &#233; &#128; &#x92; &nope; &#0; &#xD800; &#99999999999;</p>"
    ),
    Article(
      "Scripts",
      "<p onclick=x()>a<script>alert(1)</script><a href=\"java\tscript:x\">b</a></p>"
    ),
    Article("Cadres", "<iframe src=\"https://video.example/1\"></iframe><object data=x></object>c"),
    Article("Adresses", "<p><a href=\"../a?b&c#d\">a</a><img src=\"//i.example/é.png\" alt=x></p>"),
    Article("Ancres", "<p><a href=\"#fn1\">1</a></p><p id=fn1>Note</p>"),
    Article("Imbriqué", String(repeating: "<div>", count: 400) + "au fond"),
    Article("Ouvert", "<p>a<b>b<i>c</b>d</i><table><tr><td>e<p/>f<li>g"),
    Article("Document", "<html><head><title>t</title></head><body><p>corps</p></body></html>"),
    Article("Commentaires", "<p>a<!-- b -- c --><!--[if IE]>d<![endif]-->e</p>"),
    Article("SVG", "<p>a<svg onload=x()><script>y</script></svg><math><mi>z</mi></math>b</p>"),
    Article("Image", "<p>a</p>", "image: https://i.example/a.jpg?x=1&y=\"2\""),
    Article("Sans corps", ""),
    Article("Très long " + String(repeating: "mot ", count: 500)),
    Article("Un titre\u{2028}sur deux lignes\u{85}ou trois"),
    Article("Adresse propre", "<p>a</p>", "url: https://veille.example.org/é à?x=<y>"),
    Article("Auteurs", "<p>a</p>", "authors: [\"A & <B>\", \"  \", \"Ж\u{301}\"]"),
    Article("Anglais", "<p>It’s in English: fine?</p>", "language: en-GB"),
    Article("Gros", "<p>" + String(repeating: "Beaucoup de mots. ", count: 20_000) + "</p>"),
  ]
}
