import HTTPTypes
import TestSupport
import Testing

@testable import Server

/// What every response has, and who may say for whom they ask.
@Suite struct HeaderTests {
  @Test(arguments: [
    "/subscribe", "/confirm/x", "/refuse/x", "/unsubscribe/x", "/preferences/x", "/site.css",
    "/health", "/nothing", "/feeds/", "/feeds/atom.xml",
  ])
  func `every response keeps browsers from guessing, telling and framing`(path: String)
    async throws
  {
    let door = try DoorUnderTest()
    try door.folder.write("<!DOCTYPE html>", to: "index.html")
    try door.folder.write("<feed/>", to: "atom.xml")
    for method in [HTTPRequest.Method.get, .head, .post, .options, .delete] {
      let answer = try await door.ask(method, path)
      let policy = try #require(answer.headers[.contentSecurityPolicy])
      #expect(policy.hasPrefix("default-src 'none'; style-src 'self'"))
      #expect(policy.contains("frame-ancestors 'none'") && policy.contains("base-uri 'none'"))
      #expect(policy.contains("form-action 'self'") && !policy.contains("unsafe"))
      #expect(answer.headers[.xContentTypeOptions] == "nosniff")
      #expect(answer.headers[.referrerPolicy] != nil)
      #expect(answer.headers[.cacheControl] != nil)
      #expect(answer.headers[.setCookie] == nil && answer.headers[.server] == nil)
      if path.hasSuffix("/x") || path == "/subscribe" {
        #expect(answer.headers[.cacheControl] == "no-store")
        #expect(answer.headers[.referrerPolicy] == "no-referrer")
      }
      if answer.status == 405 || answer.status == 204 { #expect(answer.headers[.allow] != nil) }
    }
  }

  @Test func `only a trusted proxy says for whom it asks`() {
    let proxies = [IPNetwork("10.0.0.0/8")!, IPNetwork("127.0.0.1")!]
    func client(_ peer: String, _ field: String?) -> IPAddress? {
      ReaderContext(peer: IPAddress(peer)).client(forwardedFor: field, trusting: proxies)
    }
    let reader = IPAddress("192.0.2.7")
    #expect(client("192.0.2.7", "1.2.3.4") == reader, "a stranger may say what they like")
    #expect(client("127.0.0.1", "192.0.2.7") == reader)
    #expect(client("::ffff:127.0.0.1", "192.0.2.7") == reader)
    #expect(
      client("127.0.0.1", "1.2.3.4, 192.0.2.7, 10.1.2.3") == reader,
      "what is before is false"
    )
    #expect(client("127.0.0.1", nil) == IPAddress("127.0.0.1"))
    #expect(client("127.0.0.1", "192.0.2.7, nonsense") == IPAddress("127.0.0.1"))
  }

  @Test func `networks are read, and wrong ones are not`() {
    #expect(IPNetwork("10.0.0.0/8")!.contains(IPAddress("10.255.0.1")!))
    #expect(!IPNetwork("10.0.0.0/8")!.contains(IPAddress("11.0.0.1")!))
    #expect(IPNetwork("2001:db8::/56")!.contains(IPAddress("2001:db8:0:00ff::1")!))
    #expect(!IPNetwork("2001:db8::/56")!.contains(IPAddress("2001:db8:0:0100::1")!))
    for text in ["", "10", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "a/8", "::/129"] {
      #expect(IPNetwork(text) == nil, "\(text)")
    }
  }

  @Test func `dates of HTTP come back as they were written`() {
    #expect(httpDate(1_795_417_200) == "Mon, 23 Nov 2026 07:00:00 GMT")
    #expect(seconds(httpDate: "Mon, 23 Nov 2026 07:00:00 GMT") == 1_795_417_200)
    for text in ["", "now", "Mon, 23 Nov 2026 07:00:00", "Mon, 23 Foo 2026 07:00:00 GMT"] {
      #expect(seconds(httpDate: text) == nil)
    }
  }

  @Test func `forms are read as they are sent, and broken ones are not`() {
    let form = FormFields(
      Array("a=1&b=%C3%A9+x&c&a=2".utf8),
      contentType: "application/x-www-form-urlencoded; charset=utf-8"
    )
    #expect(form?.values("a") == ["1", "2"])
    #expect(form?.value("a") == nil)
    #expect(form?.value("b") == "é x")
    #expect(form?.value("c") == "")
    for body in ["a=%", "a=%f", "a=%ff", String(repeating: "a&", count: 300)] {
      #expect(
        FormFields(Array(body.utf8), contentType: "application/x-www-form-urlencoded") == nil
      )
    }
    let parts =
      "--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n1\r\n2\r\n--b\r\n"
      + "content-disposition: form-data; name=y\r\n\r\n\r\n--b--\r\n"
    let multipart = FormFields(Array(parts.utf8), contentType: "multipart/form-data; boundary=b")
    #expect(multipart?.value("x") == "1\r\n2")
    #expect(multipart?.value("y") == "")
    for length in 0..<(parts.utf8.count - 4) {
      let cut = Array(parts.utf8.prefix(length))
      #expect(FormFields(cut, contentType: "multipart/form-data; boundary=b") == nil)
    }
  }

  @Test func `an address has so many connections, and a proxy any number`() throws {
    let counts = ConnectionCounts(atMost: 2, exempt: [IPNetwork("10.0.0.0/8")!])
    let stranger = IPAddress("192.0.2.1")!
    #expect([0, 1, 2].map { _ in counts.add(stranger) } == [true, true, false])
    #expect(counts.add(IPAddress("192.0.2.2")!))
    for proxy in ["10.1.2.3", "127.0.0.1", "::1"] {
      #expect((0..<5).allSatisfy { _ in counts.add(IPAddress(proxy)!) })
    }
    counts.remove(stranger)
    counts.remove(stranger)
    #expect(counts.add(stranger) && !counts.add(stranger))
  }
}
