import Model
import Mustache

/// A parsed template of one part of a digest: a template a section.
struct DigestTemplate {
  let part: MessagePart
  private var sections: [DigestSection: MustacheTemplate] = [:]

  /// Parses a template and checks that its sections and values exist.
  ///
  /// Mustache renders what it does not know as nothing; so a misspelt name would go unseen.
  init(_ file: TemplateFile, part: MessagePart) throws(Problem) {
    self.part = part
    _ = try parse(file.text, of: file)
    let split = try SectionSplitter(file, part: part).sections()
    for (section, body) in split {
      // Values come escaped, byte by byte; Mustache's own escaping goes by Character, and so lets
      // a quotation mark through that has a combining accent.
      sections[section] = try parse("{{% CONTENT_TYPE:TEXT}}\n" + body, of: file)
    }
    if let missing = part.sections.first(where: { sections[$0] == nil }) {
      throw Problem(path: file.path, message: "the section {{#\(missing.rawValue)}} is missing")
    }
  }

  /// Renders a section; values are text, lists and truths, already escaped.
  func render(_ section: DigestSection, _ values: [String: Any]) -> String {
    sections[section]?.render(values) ?? ""
  }
}

private func parse(_ text: String, of file: TemplateFile) throws(Problem) -> MustacheTemplate {
  do {
    return try MustacheTemplate(string: text)
  } catch let error as MustacheTemplate.ParserError {
    throw file.problem(
      line: error.context.lineNumber,
      column: error.context.columnNumber,
      explanation(error.error)
    )
  } catch {
    throw Problem(path: file.path, message: "this is not a Mustache template: \(error)")
  }
}

private func explanation(_ error: any Error) -> String {
  switch error as? MustacheTemplate.Error {
  case .sectionCloseNameIncorrect: "this closes another section than the one that is open"
  case .expectedSectionEnd: "a section is not closed"
  case .unfinishedName: "a tag is not closed, or has a character that names may not have"
  case let other?: "this is not a Mustache tag: \(other)"
  case nil: "a tag is not closed"
  }
}
