import Foundation
import Testing

@testable import Rendering

/// `templates/README.md` says what there is: all of it, and nothing else.
@Suite struct TemplatesGuideTests {
  private let guide: Guide

  init() throws {
    let url = fixture("../../templates/README.md")
    guide = Guide(try String(contentsOf: url, encoding: .utf8))
  }

  @Test(arguments: DigestSection.allCases)
  func `a digest's section has the values that the guide tells of`(section: DigestSection) throws {
    let entry = try #require(guide.sections[section.rawValue])
    #expect(Set(entry.names) == section.variables)
    let inside = section == .closing ? try #require(guide.sections["links"]).required : []
    #expect(entry.required.union(inside) == section.required)
  }

  @Test func `the list of links has the values that the guide tells of`() throws {
    let names = try #require(guide.sections["links"]?.names)
    #expect(Set(names) == DigestSection.names(inside: "links"))
  }

  @Test func `the sections come in the order of the message`() {
    let known = guide.order.filter { DigestSection(rawValue: $0) != nil }
    #expect(known == DigestSection.allCases.map(\.rawValue))
  }

  @Test(arguments: Page.allCases)
  func `a page has the values that the guide tells of`(page: Page) throws {
    let own = try #require(guide.sections["page \(page.rawValue)"]?.names)
    let everywhere = try #require(guide.sections["every page"]?.names)
    #expect(Set(page == .stylesheet ? own : own + everywhere) == page.names)
  }

  @Test func `a list of pages has the values that the guide tells of`() {
    let lists = guide.order.filter { $0.hasPrefix("list ") }.map { String($0.dropFirst(5)) }
    for list in lists {
      #expect(
        Set(guide.sections["list \(list)"]?.names ?? []) == Page.names(inside: list),
        "\(list)"
      )
    }
    let others = Page.allCases.flatMap(\.names).filter { !Page.names(inside: $0).isEmpty }
    #expect(Set(others).isSubset(of: lists))
  }

  @Test func `the messages are those that the guide tells of`() {
    #expect(guide.messages.keys.sorted() == PhraseKey.allCases.map(\.rawValue).sorted())
    for key in PhraseKey.allCases {
      #expect(guide.messages[key.rawValue] == key.variables, "\(key.rawValue)")
    }
  }

  /// Every name of the built-in templates' own use is told of, so a copy of them can be changed.
  @Test func `a guide that is copied with the templates is no template`() throws {
    let file = TemplateFile(name: "README.md", text: "# {{nonsense}}", path: "t/README.md")
    try Templates(overrides: [file]).check()
    #expect(try Templates(overrides: [file]).fingerprint == Templates().fingerprint)
  }
}

/// The names in the guide, by their headings.
private struct Guide {
  struct Entry {
    var names: [String] = []
    var required: Set<String> = []
  }

  private(set) var sections: [String: Entry] = [:]
  private(set) var order: [String] = []
  private(set) var messages: [String: Set<String>] = [:]

  init(_ text: String) {
    var section: String?
    for line in text.split(separator: "\n") {
      let spans = line.split(separator: "`", omittingEmptySubsequences: false).map(String.init)
      if line.hasPrefix("### ") {
        section = spans[1]
        order.append(spans[1])
        sections[spans[1]] = Entry()
      } else if line.hasPrefix("## ") {
        section = line == "## Words" ? "Words" : nil
      } else if section == "Words", line.hasPrefix("- ") {
        let values = spans.dropFirst(2).filter { $0.hasPrefix("{") }
        messages[spans[1]] = Set(values.map { String($0.dropFirst().dropLast()) })
      } else if let section, line.hasPrefix("- `") || line.hasPrefix("- **`") {
        sections[section]?.names.append(spans[1])
        if line.hasPrefix("- **") { sections[section]?.required.insert(spans[1]) }
      }
    }
  }
}
