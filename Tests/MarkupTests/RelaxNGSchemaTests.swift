import Markup
import Testing

@Suite struct RelaxNGSchemaTests {
  static let schema = """
    <element name="t" xmlns="http://relaxng.org/ns/structure/1.0"><text/></element>
    """

  @Test(arguments: [
    ("<t>a</t>", true), ("<u>a</u>", false), ("<t><u/></t>", false), ("<t>", false), ("", false),
    ("a", false), ("<t>&e;</t>", false), ("<t>\u{1}</t>", false), ("<t b=\"c\"/>", false),
    ("<!DOCTYPE t [<!ENTITY e \"a\">]><t>&e;</t>", false), ("<!DOCTYPE t><t/>", false),
    ("<!DOCTYPE t SYSTEM \"http://127.0.0.1:9/x.dtd\"><t/>", false),
  ])
  func `a document is checked`(document: String, isValid: Bool) throws {
    let schema = try RelaxNGSchema(Array(RelaxNGSchemaTests.schema.utf8))
    let violations = schema.violations(in: Array(document.utf8))
    #expect(violations.isEmpty == isValid)
  }

  @Test(arguments: [
    "", "<t/>", "<element", "<element xmlns=\"http://relaxng.org/ns/structure/1.0\"/>",
  ])
  func `a schema that is none is an error`(schema: String) {
    #expect(throws: XMLError.self) { _ = try RelaxNGSchema(Array(schema.utf8)) }
  }

  @Test func `a violation has its line`() throws {
    let schema = try RelaxNGSchema(Array(RelaxNGSchemaTests.schema.utf8))
    let violations = schema.violations(in: Array("<t>\n<u>\n</t>".utf8))
    #expect(violations.first?.hasPrefix("line 3: ") == true)
  }
}
