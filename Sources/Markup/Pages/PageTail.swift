/// What stands below an article on many pages: related posts, and the form for a comment.
///
/// Only what reaches to the end of the page is a tail: the same words with paragraphs after them
/// belong to the article.
package enum PageTail {
  /// The first line of the tail; the number of lines where there is none.
  ///
  /// - Parameters:
  ///   - lines: paragraphs and headings, each on one line.
  ///   - text: the text of one of them.
  ///   - canFollow: whether a line can stand below a heading of the tail; the beginning of a post,
  ///     cut off, always can.
  package static func start<Line>(
    in lines: [Line],
    text: (Line) -> String,
    where canFollow: (Line) -> Bool
  ) -> Int {
    var start = lines.count
    for index in lines.indices.reversed() {
      if isMarker(text(lines[index])) {
        start = index
      } else if !canFollow(lines[index]), !isTeaser(text(lines[index])) {
        break
      }
    }
    return start
  }

  /// The beginning of a post, cut off.
  private static func isTeaser(_ text: String) -> Bool {
    let endings = ["…", "[…]", "[...]", "Lire la suite", "Read more", "Continue reading"]
    return text.utf8.count <= 1000 && endings.contains(where: text.hasSuffix)
  }

  private static func isMarker(_ text: String) -> Bool {
    guard text.utf8.count <= 400 else { return false }
    let folded = text.lowercased().replacing("’", with: "'").replacing("\u{a0}", with: " ")
    return headings.contains(where: { isHeading(folded, $0) })
      || forms.contains(where: folded.hasPrefix)
  }

  /// The heading alone, or with a colon, a number or marks behind it.
  private static func isHeading(_ text: String, _ heading: String) -> Bool {
    guard text.hasPrefix(heading) else { return false }
    return text.dropFirst(heading.count).unicodeScalars.allSatisfy { !$0.properties.isAlphabetic }
  }

  private static let headings = [
    "publications similaires", "articles similaires", "articles liés", "articles connexes",
    "articles récents", "du même auteur", "de la même autrice", "sur le même sujet",
    "sur le même thème", "dans la même rubrique", "dans la même catégorie", "à lire aussi",
    "lire aussi", "à lire également", "à lire ensuite", "vous aimerez aussi", "à découvrir aussi",
    "partager", "partagez", "partager cet article", "étiquettes", "mots-clés", "commentaires",
    "laisser un commentaire",
    "laissez un commentaire", "laisser une réponse", "ajouter un commentaire",
    "annuler la réponse", "publier le commentaire", "navigation de l'article",
    "article précédent", "article suivant",
    "related posts", "related articles", "related stories", "similar posts",
    "you may also like", "you might also like", "by the same author", "more from this author",
    "more on this topic", "read also", "read next", "see also", "recent posts", "share this",
    "share this article", "tags", "comments", "leave a comment", "leave a reply", "add a comment",
    "cancel reply", "post comment", "post a comment", "post navigation", "previous post",
    "next post",
  ]

  /// How the sentences of a comment form begin.
  private static let forms = [
    "votre adresse e-mail ne sera pas", "votre adresse email ne sera pas",
    "votre adresse de messagerie ne sera pas", "les champs obligatoires",
    "enregistrer mon nom", "vous devez vous connecter pour", "vous devez être connecté",
    "prévenez-moi de tous les nouveaux",
    "your email address will not be", "your e-mail address will not be", "required fields are",
    "save my name", "you must be logged in", "notify me of",
  ]
}
