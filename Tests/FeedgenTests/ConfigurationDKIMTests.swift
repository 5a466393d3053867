import Model
import Testing

@testable import feedgen

@Suite struct ConfigurationDKIMTests {
  private func mail(_ lines: String) throws -> MailSettings {
    let text = ConfigurationSample.smallest + "mail: {from: a@news.example.org\(lines)}\n"
    return try #require(try ConfigurationSample.read(text).site.mail)
  }

  @Test func `a key's file is looked for in the site's folder`() throws {
    let mail = try mail(
      ", dkim: [{domain: News.example.org, selector: 2026A, key_file: keys/a.pem}, "
        + "{domain: example.org, selector: b, key_file: /etc/b.pem}]"
    )
    #expect(
      mail.dkim == [
        DKIMKeySettings(
          domain: "news.example.org",
          selector: "2026a",
          keyFile: "/srv/veille/keys/a.pem"
        ),
        DKIMKeySettings(domain: "example.org", selector: "b", keyFile: "/etc/b.pem"),
      ]
    )
    #expect(mail.signs)
    #expect(!mail.isSignedByRelay)
  }

  @Test func `mail is signed by a key of ours or by the relay`() throws {
    #expect(try !mail("").signs)
    #expect(try !mail(", dkim: []").signs)
    let relayed = try mail(", signed_by: relay")
    #expect(relayed.isSignedByRelay)
    #expect(relayed.signs)
  }
}
