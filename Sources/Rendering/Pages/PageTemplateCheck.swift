import Model

/// Finds names in the templates of pages that mean nothing.
///
/// Mustache renders what it does not know as nothing; so a misspelt name would go unseen.
struct PageTemplateCheck {
  private let templates: Templates

  init(_ templates: Templates) {
    self.templates = templates
  }

  func check(_ page: Page) throws(Problem) {
    try check(page.template, known: page.names, within: [])
  }

  /// - Parameters:
  ///   - known: the names that mean something where the template begins.
  ///   - including: the templates that include this one, outermost first.
  private func check(
    _ name: String,
    known: Set<String>,
    within including: [String]
  ) throws(Problem) {
    let file = try templates.page(name)
    var scopes = [known]
    for tag in TemplateTag.all(in: Array(file.text.utf8)) {
      let known = scopes.last ?? []
      switch tag.kind {
      case .open:
        try checkName(tag, in: file, known: known)
        scopes.append(known.union(Page.names(inside: tag.name)))
      case .close: scopes.removeLast()
      case .value: try checkName(tag, in: file, known: known)
      case .partial: try checkPiece(tag, in: file, known: known, within: including + [name])
      case .other: break
      }
    }
  }

  private func checkName(
    _ tag: TemplateTag,
    in file: TemplateFile,
    known: Set<String>
  ) throws(Problem) {
    guard !known.contains(tag.name), tag.name != "." else { return }
    throw file.problem(
      at: tag.range.lowerBound,
      "there is no value",
      tag.name,
      known: known.sorted()
    )
  }

  private func checkPiece(
    _ tag: TemplateTag,
    in file: TemplateFile,
    known: Set<String>,
    within including: [String]
  ) throws(Problem) {
    let pieces = PageTemplates.pieces
    guard pieces.contains(tag.name) else {
      throw file.problem(
        at: tag.range.lowerBound,
        "there is no piece of pages",
        tag.name,
        known: pieces
      )
    }
    guard !including.contains(tag.name) else {
      throw file.problem(at: tag.range.lowerBound, "“\(tag.name)” would include itself without end")
    }
    try check(tag.name, known: known, within: including)
  }
}
