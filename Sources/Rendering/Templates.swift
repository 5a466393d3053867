import Cryptography
package import Model

/// A template or a file of strings, as text.
package struct TemplateFile: Hashable, Sendable {
  /// `digest.html.mustache`, `strings.fr.yaml`.
  package var name: String
  package var text: String
  /// Where it came from, for messages about errors.
  package var path: String

  package init(name: String, text: String, path: String) {
    self.name = name
    self.text = text
    self.path = path
  }

  /// A problem in it, with the line itself.
  func problem(line: Int?, column: Int?, _ message: String) -> Problem {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let excerpt = line.flatMap { lines.indices.contains($0 - 1) ? String(lines[$0 - 1]) : nil }
    return Problem(path: path, line: line, column: column, message: message, excerpt: excerpt)
  }
}

/// The texts that give digests and pages their look and their words: the built-in ones, or a
/// site's own.
///
/// Holding them costs nothing: a file is parsed when it is first used.
package struct Templates: Sendable {
  private(set) var files: [String: TemplateFile]

  /// Takes a site's own files, each in place of the built-in one of its name.
  ///
  /// `strings.xx.yaml` adds a language.
  package init(overrides: [TemplateFile] = []) throws(Problem) {
    files = Dictionary(uniqueKeysWithValues: Self.builtIn.map { ($0.name, $0) })
    for file in overrides where file.name != Self.guide {
      guard files[file.name] != nil || Self.language(ofStrings: file.name) != nil else {
        throw unknownName(file)
      }
      files[file.name] = file
    }
  }

  /// What tells operators about the files; not one of them, but copied with them.
  private static let guide = "README.md"

  /// SHA-256 over all names and texts: what an issue was rendered with.
  package var fingerprint: String {
    var digest = SHA256()
    for file in files.values.sorted(by: { $0.name < $1.name }) {
      digest.update(Array("\(file.name)\0\(file.text.utf8.count)\0\(file.text)".utf8).span)
    }
    return digest.finish().hexadecimal
  }

  /// A checksum over all names and texts: what pages were rendered with.
  ///
  /// Made without libcrypto, which a run with nothing to do need not wait for.
  package var checksum: String {
    var checksum = Checksum()
    for file in files.values.sorted(by: { $0.name < $1.name }) {
      checksum.update(Array("\(file.name)\0\(file.text.utf8.count)\0\(file.text)".utf8).span)
    }
    return checksum.digest().hexadecimal
  }

  /// Parses every file.
  package func check() throws(Problem) {
    for part in MessagePart.allCases { _ = try digest(part) }
    _ = try PageTemplates(self)
    for name in files.keys.sorted() {
      guard let language = Self.language(ofStrings: name) else { continue }
      _ = try catalog(exactly: language)
    }
  }

  func digest(_ part: MessagePart) throws(Problem) -> DigestTemplate {
    try DigestTemplate(file(part.templateName), part: part)
  }

  /// The strings of the first of the languages that has some, whatever its region; else English.
  func catalog(for languages: [Language]) throws(Problem) -> Catalog {
    for language in languages {
      if let catalog = try catalog(exactly: language) { return catalog }
      guard let general = Language(language.primary) else { continue }
      if let catalog = try catalog(exactly: general) { return catalog }
    }
    return try Catalog(language: .english, file: file("strings.en.yaml"))
  }

  /// The strings of every language that there are some for: those for this one first, the others by
  /// their tags.
  func catalogs(first: Language) throws(Problem) -> [Catalog] {
    let own = try catalog(for: [first])
    var catalogs = [own]
    for name in files.keys.sorted() {
      guard let language = Self.language(ofStrings: name), language != own.language,
        let catalog = try catalog(exactly: language)
      else { continue }
      catalogs.append(catalog)
    }
    return catalogs
  }

  private func catalog(exactly language: Language) throws(Problem) -> Catalog? {
    guard let file = files["strings.\(language).yaml"] else { return nil }
    return try Catalog(language: language, file: file)
  }

  func file(_ name: String) throws(Problem) -> TemplateFile {
    guard let file = files[name] else {
      throw Problem(path: name, message: "this template is missing")
    }
    return file
  }

  /// The language of a name like `strings.fr.yaml`.
  private static func language(ofStrings name: String) -> Language? {
    guard name.hasPrefix("strings."), name.hasSuffix(".yaml"), name.utf8.count > 13 else {
      return nil
    }
    return Language(String(name.dropFirst(8).dropLast(5)))
  }

  private func unknownName(_ file: TemplateFile) -> Problem {
    let known = files.keys.sorted()
    let hint =
      nearestName(to: file.name, among: known).map { "did you mean “\($0)”?" }
      ?? "templates are \(known.joined(separator: ", ")), and strings.xx.yaml for a language xx"
    return Problem(path: file.path, message: "there is no template “\(file.name)”: \(hint)")
  }
}

extension Templates {
  /// The files that the program carries inside itself.
  private static var builtIn: [TemplateFile] {
    [
      ("address-field.html.mustache", PackageResources.address_field_html_mustache),
      ("article-item.html.mustache", PackageResources.article_item_html_mustache),
      ("article-list.html.mustache", PackageResources.article_list_html_mustache),
      ("article.html.mustache", PackageResources.article_html_mustache),
      ("choices.html.mustache", PackageResources.choices_html_mustache),
      ("digest.html.mustache", PackageResources.digest_html_mustache),
      ("digest.txt.mustache", PackageResources.digest_txt_mustache),
      ("door-head.html.mustache", PackageResources.door_head_html_mustache),
      ("feed-badges.html.mustache", PackageResources.feed_badges_html_mustache),
      ("feed-list.html.mustache", PackageResources.feed_list_html_mustache),
      ("footer.html.mustache", PackageResources.footer_html_mustache),
      ("index.html.mustache", PackageResources.index_html_mustache),
      ("issue.html.mustache", PackageResources.issue_html_mustache),
      ("issues.html.mustache", PackageResources.issues_html_mustache),
      ("masthead.html.mustache", PackageResources.masthead_html_mustache),
      ("message.html.mustache", PackageResources.message_html_mustache),
      ("move.html.mustache", PackageResources.move_html_mustache),
      ("page-head.html.mustache", PackageResources.page_head_html_mustache),
      ("preferences.html.mustache", PackageResources.preferences_html_mustache),
      ("problems.html.mustache", PackageResources.problems_html_mustache),
      ("site.css.mustache", PackageResources.site_css_mustache),
      ("strings.en.yaml", PackageResources.strings_en_yaml),
      ("strings.fr.yaml", PackageResources.strings_fr_yaml),
      ("subscribe.html.mustache", PackageResources.subscribe_html_mustache),
      ("topic.html.mustache", PackageResources.topic_html_mustache),
    ].map { name, bytes in
      TemplateFile(name: name, text: String(decoding: bytes, as: UTF8.self), path: name)
    }
  }
}
