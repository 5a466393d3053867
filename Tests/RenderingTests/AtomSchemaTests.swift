import Testing

/// The schema itself: what it lets through, and what it must not.
@Suite struct AtomSchemaTests {
  static let id = "<id>tag:x,2026:a</id>"
  static let title = "<title>t</title>"
  static let updated = "<updated>2026-11-20T08:00:00Z</updated>"
  static let entry = "<entry>\(id)\(title)\(updated)</entry>"

  @Test(arguments: [
    "\(id)\(title)\(updated)",
    "\(updated)\(title)\(id)\(entry)\(entry)",
    "\(id)\(updated)<title type=\"html\">&lt;b></title>",
    "\(id)\(updated)<title type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\"><b>t</b></div></title>",
    "\(id)\(title)\(updated)<x:y xmlns:x=\"urn:x\"/>\(entry)",
    "\(id)\(title)\(updated)<x:y xmlns:x=\"urn:x\" a=\"b\">c<x:z/></x:y>\(entry)",
    "\(id)\(title)\(updated)<author><name>n</name><email>a@b</email></author>",
    "\(id)\(title)\(updated)<link href=\"a\" rel=\"self\" hreflang=\"pt-BR\" type=\"a/b\" length=\"1\"/>",
    "\(id)\(title)\(updated)<entry>\(id)\(title)\(updated)<content src=\"a\" type=\"image/png\"/></entry>",
    "\(id)\(title)\(updated)<entry>\(id)\(title)\(updated)<source>\(id)</source></entry>",
  ])
  func `a feed as the RFC has it passes`(_ content: String) throws {
    let violations = try atomViolations(in: feed(content))
    #expect(violations == [])
  }

  @Test(arguments: [
    "\(title)\(updated)",
    "\(id)\(updated)",
    "\(id)\(title)",
    "\(id)\(title)\(title)\(updated)",
    "\(id)\(id)\(title)\(updated)",
    "\(id)\(title)\(updated)\(updated)",
    "\(id)\(title)\(updated)\(entry)<subtitle>late</subtitle>",
    "\(entry)\(id)\(title)\(updated)",
    "\(id)\(title)\(updated)\(entry)<at:deleted-entry xmlns:at=\"urn:at\"/>",
    "\(id)\(title)<updated>2026-11-20</updated>",
    "\(id)\(title)<updated>2026-11-20T24:30:00Z</updated>",
    "\(id)\(updated)<title type=\"markdown\">t</title>",
    "\(id)\(updated)<title type=\"xhtml\">t</title>",
    "\(id)\(updated)<title><b>t</b></title>",
    "\(id)\(title)\(updated)<author/>",
    "\(id)\(title)\(updated)<author><name>n</name><email>nobody</email></author>",
    "\(id)\(title)\(updated)<link rel=\"self\"/>",
    "\(id)\(title)\(updated)<link href=\"a\" type=\"html\"/>",
    "\(id)\(title)\(updated)<link href=\"a\" hreflang=\"fr_FR\"/>",
    "\(id)\(title)\(updated)<category label=\"l\"/>",
    "\(id)\(title)\(updated)<item/>",
    "\(id)\(title)\(updated)text",
    "\(id)\(title)\(updated)<entry>\(title)\(updated)</entry>",
    "\(id)\(title)\(updated)<entry>\(id)\(updated)</entry>",
    "\(id)\(title)\(updated)<entry>\(id)\(title)</entry>",
    "\(id)\(title)\(updated)<entry>\(id)\(title)\(updated)<content/><content/></entry>",
    "\(id)\(title)\(updated)<entry>\(id)\(title)\(updated)<summary/><summary/></entry>",
    "\(id)\(title)\(updated)<entry>\(id)\(title)\(updated)<generator/></entry>",
    "\(id)\(title)\(updated)<entry>\(id)\(title)\(updated)<content src=\"a\">b</content></entry>",
    "\(id)\(title)\(updated)&eacute;",
    "\(id)\(title)\(updated)<icon>",
    "\(id)\(title)\(updated)<rights>\u{1}</rights>",
  ])
  func `a feed that breaks the RFC does not pass`(_ content: String) throws {
    let violations = try atomViolations(in: feed(content))
    #expect(violations != [])
  }

  private func feed(_ content: String) -> [UInt8] {
    Array("<feed xmlns=\"http://www.w3.org/2005/Atom\">\(content)</feed>".utf8)
  }
}
