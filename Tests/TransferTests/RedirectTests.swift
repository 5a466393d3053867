import Model
import TestSupport
import Testing
import Transfer

@Suite struct RedirectTests {
  @Test(arguments: [(301, true), (308, true), (302, false), (303, false), (307, false)])
  func `a redirect is followed, and a permanent one told`(status: Int, isPermanent: Bool) throws {
    let server = try HostileServer()
    let target = server.url("versioned?to=there")
    let address = server.answer(status, ["Location": "/versioned?to=there#part"])
    let document = try server.fetcher().document(address)
    #expect(document.text == "one")
    #expect(document.address == target)
    #expect(document.movedTo == (isPermanent ? target : nil))
  }

  @Test func `a document has moved only as far as all redirects are permanent`() throws {
    let server = try HostileServer()
    let end = server.url("versioned")
    let fetcher = server.fetcher()
    let temporary = server.answer(302, ["Location": end])
    let first = try fetcher.document(server.answer(301, ["Location": temporary]))
    #expect(first.movedTo == temporary)
    #expect(first.address == end)
    let permanent = server.answer(301, ["Location": end])
    let second = try fetcher.document(server.answer(307, ["Location": permanent]))
    #expect(second.movedTo == nil)
    #expect(second.address == end)
    let third = try fetcher.document(server.answer(308, ["Location": permanent]))
    #expect(third.movedTo == end)
  }

  @Test func `validators go along, cookies do not`() throws {
    let server = try HostileServer()
    let fields = ["Location": "/versioned", "Set-Cookie": "a=b", "ETag": "\"redirect\""]
    let document = try server.fetcher().document(
      server.answer(302, fields),
      Validators(etag: "W/\"v:1\"")
    )
    #expect(document.isNotModified)
    let last = try #require(try server.stop().requests.last)
    #expect(last.path == "/versioned")
    #expect(last.fields["cookie"] == nil)
    #expect(last.fields["referer"] == nil)
  }

  @Test func `a circle is an error that names it`() throws {
    let server = try HostileServer()
    let error = try #require(server.fetcher().error(server.url("loop")))
    #expect(error.kind == .redirects)
    #expect(
      error.description
        == "is redirected without end (in a circle: \(server.url("loop")) → \(server.url("loop/back"))"
        + " → \(server.url("loop")))"
    )
  }

  @Test func `five redirects are followed, not six`() throws {
    let server = try HostileServer()
    let document = try server.fetcher().document(server.url("chain/5"))
    #expect(document.address == server.url("chain/0"))
    #expect(document.text == "end")
    let error = try #require(server.fetcher().error(server.url("chain/6")))
    #expect(error.kind == .redirects)
    let chain = (0...6).reversed().map { server.url("chain/\($0)") }.joined(separator: " → ")
    #expect(error.detail == chain)
    let account = try server.stop()
    #expect(account.requests.count == 12, "the last is not asked for")
  }

  @Test func `the time of all steps counts together`() throws {
    let server = try HostileServer()
    var limits = nearby
    limits.total = Interval(seconds: 3)
    let last = server.answer(200, ["delay": "1.8"])
    let address = server.answer(302, ["delay": "1.8", "Location": last])
    let error = try #require(server.fetcher(limits).error(address))
    #expect(error.kind == .timedOut)
    #expect(error.detail.hasSuffix("; redirected to \(last)"))
  }

  @Test func `a redirect to nowhere is the answer`() throws {
    let server = try HostileServer()
    let document = try server.fetcher().document(server.answer(301, body: "gone"))
    #expect(document.status == 301)
    #expect(document.text == "gone")
    #expect(document.movedTo == nil)
  }

  @Test func `a redirect to what is no address of the web is refused`() throws {
    let server = try HostileServer()
    let targets = [
      "file:///etc/hostname", "ftp://127.0.0.1/", "gopher://127.0.0.1:25/", "dict://127.0.0.1/",
      "javascript:alert(1)", "data:,words", "http://", "http://user@127.0.0.1/", "http://a b/",
      "https://user:secret@example.org/", "http://[::1", "http://1.2.3.4:99999/", "",
    ]
    let addresses = targets.map { server.answer(302, ["Location": $0]) }
    for (target, outcome) in zip(targets, server.fetcher().fetchAll(addresses)) {
      let error = #expect(throws: HTTPError.self) { try outcome.get() }
      #expect(error?.kind == .address, "\(target)")
    }
    let account = try server.stop()
    #expect(account.requests.count == targets.count)
  }

  @Test func `an address with spaces or letters is put right`() throws {
    let server = try HostileServer()
    let fields = ["Location": "/answer?status=200&body=é x"]
    let document = try server.fetcher().document(server.answer(301, fields))
    #expect(document.status == 200)
    #expect(document.address == server.url("answer?status=200&body=%c3%a9+x"))
  }
}
