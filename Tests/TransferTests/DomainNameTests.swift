import Model
import Testing
import Transfer

@Suite struct DomainNameTests {
  @Test(arguments: [
    ("example.org", "example.org"), ("EXAMPLE.org", "example.org"),
    ("exämple.fr", "xn--exmple-cua.fr"), ("EXÄMPLE.fr", "xn--exmple-cua.fr"),
    ("exa\u{308}mple.fr", "xn--exmple-cua.fr"),
    // Non-transitional: German and Greek keep their letters.
    ("faß.de", "xn--fa-hia.de"), ("βόλος.com", "xn--nxasmm1c.com"),
    ("préfecture。fr", "xn--prfecture-c4a.fr"), ("беларусь.рф", "xn--80abmy0agn7e.xn--p1ai"),
    ("xn--exmple-cua.fr", "xn--exmple-cua.fr"), ("r3---sn.example.org", "r3---sn.example.org"),
  ])
  func `a domain becomes what the DNS knows`(domain: String, ascii: String) {
    #expect(asciiDomain(domain) == ascii)
  }

  @Test(arguments: ["é\0.fr", "xn--a", "a\u{200b}\u{2028}é.fr", "-é.fr", "xn--zzzzzzz9999.fr"])
  func `a domain that cannot be is none`(domain: String) {
    #expect(asciiDomain(domain) == nil)
  }

  @Test(arguments: [
    ("rené@exämple.fr", "rené@xn--exmple-cua.fr"), ("Rene@Example.FR", "Rene@example.fr"),
  ])
  func `an address in any script is read`(text: String, address: String) {
    #expect(EmailAddress(converting: text)?.description == address)
  }

  @Test(arguments: [
    "rene", "rene@", "@exämple.fr", "a@b@exämple.fr", "a b@exämple.fr", "a@exämple.fr\r\nRCPT",
    "a\r\nRCPT TO:<b@c.fr>@exämple.fr", "a@é>.fr", "a@é .fr",
  ])
  func `what is no address is refused`(text: String) {
    #expect(EmailAddress(converting: text) == nil)
  }
}
