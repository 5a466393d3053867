import Foundation
import Model
import TestSupport
import Testing
import Transfer

@Suite struct FetcherTests {
  @Test func `a document comes with what the server says about it`() throws {
    let server = try HostileServer()
    let fields = [
      "Content-Type": "application/atom+xml; charset=utf-8", "ETag": "\"a\"",
      "Last-Modified": "Sun, 22 Nov 2026 07:00:00 GMT", "Cache-Control": "public, max-age=600",
      "Retry-After": "120",
    ]
    let address = server.answer(200, fields, body: "words")
    let document = try server.fetcher().document(address)
    #expect(document.status == 200)
    #expect(document.address == address)
    #expect(document.movedTo == nil)
    #expect(document.contentType == "application/atom+xml; charset=utf-8")
    #expect(
      document.validators
        == Validators(etag: "\"a\"", lastModified: "Sun, 22 Nov 2026 07:00:00 GMT")
    )
    #expect(document.maxAge == Interval(seconds: 600))
    #expect(document.retryAfter == Interval(seconds: 120))
    #expect(document.text == "words")
  }

  @Test func `a request says who asks, and nothing else`() throws {
    let server = try HostileServer()
    let request = FetchRequest(
      address: server.url("versioned#part"),
      accept: "application/atom+xml, */*;q=0.1"
    )
    _ = server.fetcher().fetchAll([request])
    let told = try #require(try server.stop().requests.first)
    #expect(told.method == "GET")
    #expect(told.path == "/versioned")
    #expect(told.fields["accept-encoding"]?.contains("gzip") == true)
    #expect(
      told.fields.filter { $0.key != "accept-encoding" } == [
        "host": "127.0.0.1:\(server.port)", "user-agent": "feedgen/test",
        "accept": "application/atom+xml, */*;q=0.1",
      ]
    )
  }

  @Test func `what has not changed is not sent again`() throws {
    let server = try HostileServer()
    let fetcher = server.fetcher()
    let first = try fetcher.document(server.url("versioned"))
    #expect(first.text == "one")
    let etag = try fetcher.document(
      server.url("versioned"),
      Validators(etag: first.validators.etag)
    )
    #expect(etag.isNotModified)
    #expect(etag.body == [])
    #expect(etag.validators.etag == "W/\"v:1\"")
    let date = Validators(lastModified: first.validators.lastModified)
    let dated = try fetcher.document(server.url("versioned"), date)
    #expect(dated.isNotModified)
    #expect(dated.validators == date, "a 304 without validators leaves those that were sent")
    let changed = try fetcher.document(server.url("versioned"), Validators(etag: "\"other\""))
    #expect(changed.text == "one")
  }

  @Test func `a validator cannot smuggle a field in`() throws {
    let server = try HostileServer()
    let bad = Validators(etag: "a\r\nCookie: b", lastModified: "c\nCookie: d")
    _ = try server.fetcher().document(server.url("versioned"), bad)
    let request = try #require(try server.stop().requests.first)
    #expect(request.fields["cookie"] == nil)
    #expect(request.fields["if-none-match"] == nil)
    #expect(request.fields["if-modified-since"] == nil)
  }

  @Test(arguments: ["gzip", "deflate"])
  func `a compressed document is unpacked`(coding: String) throws {
    let server = try HostileServer()
    let document = try server.fetcher().document(server.url("packed/\(coding)/1000000"))
    #expect(document.body == [UInt8](repeating: 0, count: 1_000_000))
  }

  @Test(arguments: [404, 410, 429, 500, 503])
  func `an answer that is no document is an answer`(status: Int) throws {
    let server = try HostileServer()
    let answer = try server.fetcher().document(server.answer(status, body: "sorry"))
    #expect(answer.status == status)
    #expect(!answer.isSuccess)
    #expect(answer.text == "sorry")
  }

  @Test func `a server's wish to be left alone is told in both forms`() throws {
    let server = try HostileServer()
    let fetcher = server.fetcher()
    func wish(_ fields: [String: String]) throws -> Interval? {
      try fetcher.document(server.answer(503, fields)).retryAfter
    }
    let now = ["Date": "Mon, 23 Nov 2026 07:00:00 GMT"]
    func dated(_ field: String) throws -> Interval? {
      try wish(now.merging(["Retry-After": field]) { $1 })
    }
    #expect(try wish(["Retry-After": "3600"]) == .hours(1))
    #expect(try dated("Mon, 23 Nov 2026 07:30:00 GMT") == .minutes(30))
    #expect(try dated("Monday, 23-Nov-26 07:30:00 GMT") == .minutes(30))
    #expect(try dated("Mon Nov 23 07:30:00 2026") == .minutes(30))
    #expect(try dated("Mon, 23 Nov 2026 06:00:00 GMT") == Interval(seconds: 0))
    #expect(try dated("soon") == nil)
    #expect(try wish(["Retry-After": "99999999999999999999"]) == Interval(seconds: 1 << 31))
    #expect(try wish(["Retry-After": "-5"]) == nil)
    #expect(try wish([:]) == nil)
  }

  @Test(arguments: [
    ("max-age=60", 60), ("public,max-age=\"60\"", 60), ("Max-Age=0", 0),
    ("no-cache, max-age=9", nil),
    ("max-age=9, no-store", nil), ("s-maxage=9", nil), ("max-age=x", nil), ("max-age", nil),
  ])
  func `how long a document stays fresh is told`(field: String, seconds: Int64?) throws {
    let server = try HostileServer()
    let document = try server.fetcher().document(server.answer(200, ["Cache-Control": field]))
    #expect(document.maxAge == seconds.map { Interval(seconds: $0) })
  }

  @Test func `sixteen are asked at a time, and each host once`() throws {
    let server = try HostileServer(hosts: 20)
    let addresses = (0..<60).map { number in
      server.answer(200, ["delay": "0.1"], body: "\(number)", host: number % 20 + 1)
    }
    let outcomes = server.fetcher(hosts: 20).fetchAll(addresses)
    let texts = try outcomes.map { try $0.get().text }
    #expect(texts == (0..<60).map { "\($0)" })
    let account = try server.stop()
    #expect(account.most == 16)
    #expect(account.mostOfHost == 1)
  }

  @Test func `redirects to one host wait for each other`() throws {
    let server = try HostileServer(hosts: 6)
    let target = server.answer(200, ["delay": "0.05"], body: "there")
    let addresses = (2...6).map { server.answer(302, ["Location": target], host: $0) }
    let outcomes = server.fetcher(hosts: 6).fetchAll(addresses)
    for outcome in outcomes { #expect(try outcome.get().text == "there") }
    let account = try server.stop()
    #expect(account.requests.count == 10)
    #expect(account.mostOfHost == 1)
  }

  @Test func `requests to a host share its connection`() throws {
    let server = try HostileServer(hosts: 3)
    let requests = (0..<300).map { number in
      FetchRequest(
        address: server.url("versioned", host: number % 3 + 1),
        validators: Validators(etag: "W/\"v:1\"")
      )
    }
    let fetcher = server.fetcher(hosts: 3)
    let outcomes = fetcher.fetchAll(requests) + fetcher.fetchAll(requests)
    #expect(outcomes.count == 600)
    for outcome in outcomes { #expect(try outcome.get().status == 304) }
    let account = try server.stop()
    #expect(account.requests.count == 600)
    #expect(account.connections == 3)
  }

  @Test func `a failure is told and stops no other`() throws {
    let server = try HostileServer()
    let addresses = [server.url("versioned"), "ftp://127.0.0.1/", server.url("cut"), "", "a b"]
    let outcomes = server.fetcher().fetchAll(addresses + [server.url("versioned")])
    #expect(outcomes.map { (try? $0.get()) != nil } == [true, false, false, false, false, true])
  }

  @Test func `a wish to stop ends what is under way and what waits`() throws {
    let server = try HostileServer(hosts: 5)
    let addresses = (0..<10).map { server.url("silent", host: $0 % 5 + 1) }
    var told: [Int: HTTPError.Kind] = [:]
    let begin = ContinuousClock.now
    server.fetcher(hosts: 5).fetch(
      addresses.map { FetchRequest(address: $0) },
      shouldStop: { ContinuousClock.now - begin > .seconds(1) }
    ) { index, outcome in
      if case .failure(let error) = outcome { told[index] = error.kind }
    }
    #expect(told == Dictionary(uniqueKeysWithValues: (0..<10).map { ($0, .stopped) }))
  }

  @Test func `whoever has stopped can begin again`() throws {
    let server = try HostileServer()
    let fetcher = server.fetcher()
    let request = FetchRequest(address: server.url("versioned"))
    var stopped: [Int] = []
    fetcher.fetch([request, request], shouldStop: { true }) { index, _ in stopped.append(index) }
    #expect(stopped.sorted() == [0, 1])
    #expect(try fetcher.document(server.url("versioned")).text == "one")
    let account = try server.stop()
    #expect(account.requests.count == 1)
  }

  @Test func `a certificate is checked`() throws {
    let folder = TemporaryFolder()
    let certificate = try makeCertificate(in: folder)
    let server = try HTTPServer(certificate: certificate)
    let allowed = try #require(AllowedHost("localhost:\(server.port)"))
    let address = "https://localhost:\(server.port)/"
    let stranger = Fetcher(limits: nearby, as: "feedgen/test", allowing: [allowed])
    #expect(stranger.error(address)?.kind == .certificate)
    let friend = Fetcher(
      limits: nearby,
      as: "feedgen/test",
      allowing: [allowed],
      trusting: certificate
    )
    let document = try friend.document(address)
    #expect(document.status == 202)
  }
}
