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
    _ = try file.parsed()
    let split = try SectionSplitter(file, part: part).sections()
    for (section, body) in split { sections[section] = try file.parsed(body) }
    if let missing = part.sections.first(where: { sections[$0] == nil }) {
      throw file.problem(
        at: file.text.utf8.count,
        "the section {{#\(missing.rawValue)}} is missing"
      )
    }
  }

  /// Renders a section; values are text, lists and truths, already escaped.
  func render(_ section: DigestSection, _ values: [String: Any]) -> String {
    sections[section]?.render(values) ?? ""
  }
}
