import Model
import Testing

@testable import Rendering

@Suite struct TemplatesTests {
  @Test func `the built-in files are whole`() throws {
    try Templates().check()
  }

  @Test func `a name that is nearly right is refused with the right one`() {
    let file = TemplateFile(name: "digest.html.mustach", text: "", path: "site/templates/x")
    let problem = #expect(throws: Problem.self) { try Templates(overrides: [file]) }
    #expect(problem?.path == "site/templates/x")
    #expect(problem?.message.contains("did you mean “digest.html.mustache”?") == true)
  }

  @Test(arguments: [
    ("{{#opening}}\n{{publication}}\n", 3, "a section is not closed"),
    ("{{#opening}}\n{{title}}\n{{/opening}}\n", 2, "has no value “title”"),
    ("{{#opening}}\n{{headng}}\n{{/opening}}\n", 2, "did you mean “heading”?"),
    ("{{#openin}}\n{{/openin}}\n", 1, "did you mean “opening”?"),
    ("{{#opening}}\n{{/opening}}\n\n  lost\n", 4, "outside of every section"),
    ("{{heading}}\n", 1, "outside of every section"),
    ("{{#opening}}\n{{/opening}}\n{{#opening}}\n{{/opening}}\n", 3, "there twice"),
    ("{{#closing}}\n{{href}}{{#links}}{{label}}{{/links}}\n{{/closing}}\n", 2, "no value “href”"),
    (
      "{{#closing}}\n{{reason}}{{#links}}{{label}}{{/links}}\n{{/closing}}\n", 1,
      "must show {{href}}"
    ),
    ("\n{{#topic}}\n{{slug}}\n{{/topic}}\n", 2, "must show {{topic}}"),
    ("{{#topic}}{{> topic}}{{/topic}}", 1, "no value “topic”"),
    ("{{=<% %>=}}\n<%nothing%>", 1, "{{=…}} changes how tags are read"),
    ("{{#opening}}\n{{% CONTENT_TYPE:HTML}}{{/opening}}", 2, "{{%…}} changes how tags are read"),
    ("", 1, "the section {{#opening}} is missing"),
  ])
  func `a template's error has its place`(text: String, line: Int, message: String) throws {
    let file = TemplateFile(name: "digest.txt.mustache", text: text, path: "t/digest.txt.mustache")
    let templates = try Templates(overrides: [file])
    let problem = #expect(throws: Problem.self) { try templates.check() }
    #expect(problem?.path == "t/digest.txt.mustache")
    #expect(problem?.line == line)
    #expect(problem?.message.contains(message) == true, "\(problem?.message ?? "")")
  }

  @Test func `a section that is missing is named`() throws {
    let file = TemplateFile(
      name: "digest.txt.mustache",
      text: "{{#opening}}\n{{/opening}}\n",
      path: "t"
    )
    let problem = #expect(throws: Problem.self) { try Templates(overrides: [file]).check() }
    #expect(problem?.message == "the section {{#introduction}} is missing")
    #expect(problem?.line == 3)
  }

  @Test(arguments: [
    ("legal: \"Legal notice\"\n", "", nil, "“legal” is missing"),
    ("legal:", "legl:", nil, "“legal” is missing"),
    ("privacy: \"Privacy\"", "privacy: \"{name}\"", 65, "has no {name}; it may name nothing"),
    ("privacy: \"Privacy\"", "privacy: \"Privacy\"\nprivcy: x", 66, "did you mean “privacy”?"),
    ("singular: [1]", "singular: [one]", 3, "must be a list of numbers"),
    ("  one: \"{n}\\_article\"\n", "", 44, "or the forms “one” and “other”"),
    ("legal: \"", "legal: [\"", 67, ""),
  ])
  func `a file of strings must be whole`(
    old: String,
    new: String,
    line: Int?,
    message: String
  ) throws {
    let english = try #require(try builtIn("strings.en.yaml"))
    #expect(english.contains(old))
    let file = TemplateFile(
      name: "strings.en.yaml",
      text: english.replacing(old, with: new),
      path: "t/strings.en.yaml"
    )
    let problem = #expect(throws: Problem.self) { try Templates(overrides: [file]).check() }
    #expect(problem?.path == "t/strings.en.yaml")
    if let line { #expect(problem?.line == line) }
    #expect(problem?.message.contains(message) == true, "\(problem?.message ?? "")")
  }

  @Test func `a site's own file adds a language`() throws {
    let english = try #require(try builtIn("strings.en.yaml"))
    let spanish = TemplateFile(
      name: "strings.es.yaml",
      text: english.replacing("In this issue", with: "En este número"),
      path: "strings.es.yaml"
    )
    let templates = try Templates(overrides: [spanish])
    let language = try #require(Language("es-MX"))
    #expect(try templates.catalog(for: [language]).text(.contents) == "En este número")
    let unknown = try #require(Language("de"))
    #expect(try templates.catalog(for: [unknown, .french]).text(.contents) == "Au sommaire")
    #expect(try templates.catalog(for: [unknown]).text(.contents) == "In this issue")
  }

  @Test func `the fingerprint tells one set of files from another`() throws {
    let standard = try Templates().fingerprint
    #expect(standard.utf8.count == 64)
    #expect(try Templates().fingerprint == standard)
    let text = try #require(try builtIn("strings.fr.yaml"))
    let same = TemplateFile(name: "strings.fr.yaml", text: text, path: "anywhere")
    #expect(try Templates(overrides: [same]).fingerprint == standard)
    var other = same
    other.text = text.replacing("sommaire", with: "sommairf")
    #expect(try Templates(overrides: [other]).fingerprint != standard)
    let added = TemplateFile(name: "strings.es.yaml", text: "", path: "anywhere")
    #expect(try Templates(overrides: [added]).fingerprint != standard)
  }

  private func builtIn(_ name: String) throws -> String? {
    try Templates().files[name]?.text
  }
}
