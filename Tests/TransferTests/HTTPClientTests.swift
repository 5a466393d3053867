import Foundation
import Model
import TestSupport
import Testing
import Transfer

@Suite struct HTTPClientTests {
  private func client(seconds: Int64 = 20, trusting authorities: String? = nil) -> HTTPClient {
    HTTPClient(
      limits: HTTPClient.Limits(
        connecting: Interval(seconds: seconds),
        total: Interval(seconds: seconds),
        body: 1000
      ),
      trusting: authorities
    )
  }

  private func error(_ client: HTTPClient, _ address: String) throws -> HTTPError {
    try #require(throws: HTTPError.self) { try client.post([("a", "b")], to: address) }
  }

  @Test func `a form arrives as it was given`() throws {
    let server = try HTTPServer()
    let response = try client().post(
      [("hub.mode", "publish"), ("hub.url", "https://a.example/?b=c&d=%20+é"), ("empty", "")],
      to: server.url("hub?x=y")
    )
    #expect(response.status == 202)
    #expect(String(decoding: response.body, as: UTF8.self) == "words for 202\nmore")
    let request = try #require(try server.stop().first)
    #expect(request.method == "POST")
    #expect(request.path == "/hub?x=y")
    #expect(
      request.form == ["hub.mode=publish", "hub.url=https://a.example/?b=c&d=%20+é", "empty="]
    )
    #expect(request.headers["content-type"] == "application/x-www-form-urlencoded")
    #expect(request.headers["user-agent"] == "feedgen")
    #expect(request.headers["expect"] == nil)
  }

  @Test func `requests to one server share a connection, and nothing else`() throws {
    let server = try HTTPServer()
    let client = client()
    let first = try client.post([("a", "1")], to: server.url("status/500"))
    let second = try client.post([("b", "2")], to: server.url("status/204"))
    #expect(first.status == 500)
    #expect(!first.isSuccess)
    #expect(second.status == 204)
    #expect(second.body == [])
    #expect(second.isSuccess)
    let requests = try server.stop()
    #expect(requests.map(\.form) == [["a=1"], ["b=2"]])
    #expect(Set(requests.map(\.connection)).count == 1)
  }

  @Test(arguments: ["http://127.0.0.1:9/elsewhere", "file:///etc/hostname"])
  func `a redirect is told, not followed`(target: String) throws {
    let server = try HTTPServer()
    let response = try client().post([("a", "b")], to: server.url("redirect/\(target)"))
    #expect(response.status == 301)
    #expect(response.redirect == target)
    let requests = try server.stop()
    #expect(requests.count == 1)
  }

  @Test func `a long response is read no further than it may be`() throws {
    let server = try HTTPServer()
    let client = client()
    let response = try client.post([("a", "b")], to: server.url("long"))
    #expect(response.status == 200)
    #expect(response.body == [UInt8](repeating: UInt8(ascii: "x"), count: 1000))
    let next = try client.post([("a", "b")], to: server.url("status/204"))
    #expect(next.status == 204)
  }

  @Test func `a server that hangs costs no more than its time`() throws {
    let server = try HTTPServer()
    let begin = Date.now
    let error = try error(client(seconds: 1), server.url("hang"))
    #expect(error.kind == .timedOut)
    #expect((0.9..<5).contains(Date.now.timeIntervalSince(begin)))
    let requests = try server.stop()
    #expect(requests.map(\.path) == ["/hang"])
  }

  @Test func `nobody there is said, with libcurl's words`() throws {
    let server = try HTTPServer()
    try server.stop()
    let error = try error(client(), server.url("hub"))
    #expect(error.kind == .unreachable)
    #expect(error.description.hasPrefix("cannot be reached (Failed to connect to 127.0.0.1 port "))
  }

  @Test(arguments: ["ftp://127.0.0.1/", "file:///etc/hostname", "smtp://127.0.0.1/", "http://", ""])
  func `what is no address of http or https is refused`(address: String) throws {
    let error = try error(client(), address)
    #expect(error.kind == .address)
  }

  @Test func `what is not HTTP is no response`() throws {
    let sink = try startSMTPSink()
    let error = try error(client(), "http://127.0.0.1:\(sink.port)/")
    #expect(error.kind == .lost)
  }

  @Test func `a certificate that is trusted is enough`() throws {
    let folder = TemporaryFolder()
    let certificate = try makeCertificate(in: folder)
    let server = try HTTPServer(certificate: certificate)
    let response = try client(trusting: certificate)
      .post([("a", "b")], to: "https://localhost:\(server.port)/")
    #expect(response.status == 202)
    let requests = try server.stop()
    #expect(requests.map(\.form) == [["a=b"]])
  }

  @Test func `a certificate that nobody vouches for is refused`() throws {
    let folder = TemporaryFolder()
    let server = try HTTPServer(certificate: try makeCertificate(in: folder))
    let error = try error(client(), "https://localhost:\(server.port)/")
    #expect(error.kind == .certificate)
    let requests = try server.stop()
    #expect(requests == [])
  }

  @Test func `a certificate of another name is refused`() throws {
    let folder = TemporaryFolder()
    let certificate = try makeCertificate(in: folder, for: "DNS:other.example")
    let server = try HTTPServer(certificate: certificate)
    let error = try error(
      client(trusting: certificate),
      "https://localhost:\(server.port)/"
    )
    #expect(error.kind == .certificate)
    let requests = try server.stop()
    #expect(requests == [])
  }

  @Test func `https to a server without TLS is refused`() throws {
    let server = try HTTPServer()
    let error = try error(client(), "https://localhost:\(server.port)/")
    #expect(error.kind == .tls)
  }
}
