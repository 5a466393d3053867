import Foundation
import Importing
import Markup
import Testing

@Suite struct ScrapedPageTests {
  /// What a page in `Fixtures/scraped` should come to.
  struct Expectation: Decodable {
    var title: String
    var headings: [String]
    var paragraphs: Int
    var starts: String
    var ends: String
    var absent: [String]
  }

  static let folder = repository.appending(path: "Tests/Fixtures/scraped")

  @Test func `there are pages to test with`() {
    #expect(files(in: ScrapedPageTests.folder, ending: ".txt").count >= 6)
  }

  @Test(arguments: files(in: folder, ending: ".txt"))
  func `a page as a scraper leaves it comes in as an article`(file: URL) throws {
    let expected = try JSONDecoder().decode(
      Expectation.self,
      from: Data(
        contentsOf: file.deletingPathExtension().appendingPathExtension("expected.json")
      )
    )
    let draft = try draft(bytes: [UInt8](Data(contentsOf: file)), named: file.lastPathComponent)
    #expect(draft.title == expected.title)
    #expect(elements("h2", of: draft.content) == expected.headings)
    let paragraphs = elements("p", of: draft.content)
    #expect(paragraphs.count == expected.paragraphs)
    #expect(paragraphs.first?.hasPrefix(expected.starts) == true)
    #expect(paragraphs.last?.hasSuffix(expected.ends) == true)
    for text in expected.absent where text != "\u{feff}" && text != "\r" {
      #expect(!draft.content.contains(text))
    }
    #expect(!draft.content.unicodeScalars.contains { $0 == "\u{feff}" || $0 == "\r" })
  }

  /// Real pages, which stay out of the repository.
  static let realPages = files(
    in: URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "shared/seeds"),
    ending: ".txt"
  )

  @Test(
    .enabled(if: !realPages.isEmpty, "there is no ../shared/seeds with real pages"),
    arguments: realPages
  )
  func `a real page loses its surroundings and nothing else`(file: URL) throws {
    let draft = try draft(bytes: [UInt8](Data(contentsOf: file)), named: file.lastPathComponent)
    let paragraphs = elements("p", of: draft.content)
    #expect(paragraphs.count > 10)
    #expect(paragraphs.allSatisfy { $0.hasSuffix(".") })
    #expect(elements("h2", of: draft.content).count >= 5)
    for text in ["Photo ", "Publications similaires", "Du même auteur", "commentaire"] {
      #expect(!draft.content.contains(text) && !draft.title.contains(text))
    }
  }

  @Test(arguments: [
    // A title that begins like a caption.
    (
      "Photo de famille à Minsk\n\nUn paragraphe.", "Photo de famille à Minsk",
      "<p>Un paragraphe.</p>\n"
    ),
    ("Photo : Agence\n\nUn paragraphe.", "Un paragraphe", "<p>Un paragraphe.</p>\n"),
    ("Crédit Agence\nLe titre\nLe titre\nUn paragraphe.", "Le titre", "<p>Un paragraphe.</p>\n"),
    // Three short lines are a list, the one before the paragraph a heading.
    (
      "Titre\n\nDébut.\n\nPommes\n\nPoires\n\nLa suite\n\nFin.", "Titre",
      "<p>Début.</p>\n<p>Pommes</p>\n<p>Poires</p>\n<h2>La suite</h2>\n<p>Fin.</p>\n"
    ),
    // A last short line is no heading: nothing follows.
    ("Titre\n\nFin.\n\nAnna Kos", "Titre", "<p>Fin.</p>\n<p>Anna Kos</p>\n"),
    // Lines wrapped at a width are one paragraph.
    (
      "Titre\n\nUne première ligne assez longue pour être coupée à une\nlargeur, et la suite.",
      "Titre",
      "<p>Une première ligne assez longue pour être coupée à une largeur, et la suite.</p>\n"
    ),
    ("Titre\n\nA <b> & c.", "Titre", "<p>A &lt;b&gt; &amp; c.</p>\n"),
    (
      "Titre\n\nFin.\n\nÀ lire aussi :\n\nUn début de texte. La suite est […]\n\nCommentaires (2)",
      "Titre", "<p>Fin.</p>\n"
    ),
    // The labels of a form end with a star, and what is around dates and names begins anyhow.
    (
      "Title\n\nThe end.\n\nRelated posts\n\nby Ann\n\nA post\n\nLeave a Reply\n\nName *\n\nE-mail :",
      "Title", "<p>The end.</p>\n"
    ),
    (
      "M. Dupont est à Minsk. Il y reste.", "M. Dupont est à Minsk",
      "<p>M. Dupont est à Minsk. Il y reste.</p>\n"
    ),
  ])
  func `general rules make the blocks`(page: String, title: String, content: String) throws {
    let draft = try draft(page, named: "page.txt")
    #expect(draft.title == title)
    #expect(draft.content == content)
  }

  @Test func `front matter stands above a page's own title`() throws {
    let draft = try draft("---\ntitle: Le mien\n---\nTitre\n\nFin.", named: "page.txt")
    #expect(draft.title == "Le mien")
    #expect(draft.content == "<p>Fin.</p>\n")
  }
}

/// The texts of a kind of element, in our own plain output.
func elements(_ name: String, of html: String) -> [String] {
  html.components(separatedBy: "<\(name)>").dropFirst().map { piece in
    (try? HTMLFragment(parsing: piece.components(separatedBy: "</\(name)>")[0]).plainText) ?? ""
  }
}
