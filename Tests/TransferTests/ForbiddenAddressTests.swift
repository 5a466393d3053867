import Glibc
import TestSupport
import Testing

@testable import Transfer

@Suite struct ForbiddenAddressTests {
  /// The canary's port counts as one of the web's, so that only its address is in the way.
  private func fetcher(_ server: HostileServer, allowing more: [String] = []) -> Fetcher {
    var limits = nearby
    limits.ports = [80, 443, server.canary]
    let allowed = (["127.0.0.1:\(server.port)"] + more).compactMap(AllowedHost.init)
    return Fetcher(limits: limits, as: "feedgen/test", allowing: allowed)
  }

  private static let hosts = [
    "127.0.0.1", "127.0.0.2", "127.1", "0177.0.0.1", "0x7f000001", "0x7f.1", "2130706433",
    "%31%32%37.0.0.1", "①②⑦.0.0.1", "localhost", "LOCALHOST", "0.0.0.0", "0", "[::1]", "[::]",
    "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[64:ff9b::127.0.0.1]",
    "[2002:7f00:1::]", "[fe80::1%25lo]", "[fd00::1]", "169.254.169.254", "10.0.0.1", "192.168.1.1",
    "172.16.0.1", "100.64.0.1", "224.0.0.1", "255.255.255.255",
  ]

  @Test func `no address leads into a private network`() throws {
    let server = try HostileServer()
    let targets = Self.hosts.map { "http://\($0):\(server.canary)/" }
    for (target, outcome) in zip(targets, fetcher(server).fetchAll(targets)) {
      let error = #expect(throws: HTTPError.self) { try outcome.get() }
      #expect(error?.kind == .forbidden, "\(target)")
    }
    let account = try server.stop()
    #expect(account.canaries == 0)
  }

  @Test func `no redirect leads into a private network`() throws {
    let server = try HostileServer()
    let targets = Self.hosts.map { "http://\($0):\(server.canary)/" }
    let addresses = targets.map { server.answer(302, ["Location": $0]) }
    for (target, outcome) in zip(targets, fetcher(server).fetchAll(addresses)) {
      let error = #expect(throws: HTTPError.self) { try outcome.get() }
      #expect(error?.kind == .forbidden, "\(target)")
      #expect(error?.detail.contains("; redirected to http://") == true)
    }
    let account = try server.stop()
    #expect(account.requests.count == targets.count)
    #expect(account.canaries == 0)
  }

  @Test func `no stranger leads to a host that is named, not by its open connection either`() throws
  {
    let server = try HostileServer()
    let named = try #require(AllowedHost("127.0.0.1:\(server.port)"))
    let reach = Reach(allowed: [named], ports: [80])
    let handle = FetchHandle(limits: nearby, agent: "", trusting: nil)
    let request = FetchRequest(address: server.url("versioned"))
    let direct = FetchTrail(0, request, at: try FetchAddress(request.address))
    handle.prepare(for: direct, within: reach)
    try handle.check(handle.curl.perform())
    #expect(handle.fetched(by: direct).text == "one")
    var led = FetchTrail(0, request, at: try FetchAddress("http://example.org/"))
    try led.follow(request.address, status: 302, atMost: 1)
    handle.prepare(for: led, within: reach)
    let error = #expect(throws: HTTPError.self) { try handle.check(handle.curl.perform()) }
    #expect(error?.kind == .forbidden)
    let account = try server.stop()
    #expect(account.requests.count == 1)
  }

  @Test(arguments: ["127.0.0.1", "0x7f000001", "2130706433", "0177.0.0.1", "localhost"])
  func `a host that is named is reached, however it is written`(host: String) throws {
    let server = try HostileServer()
    let allowed = ["127.0.0.1:\(server.canary)", "LocalHost"]
    let address = "http://\(host):\(server.canary)/"
    let document = try fetcher(server, allowing: allowed).document(address)
    #expect(document.text == "canary")
    let account = try server.stop()
    #expect(account.canaries == 1)
  }

  @Test func `a host is named for the usual ports, or for one`() throws {
    let server = try HostileServer()
    let other = "127.0.0.1:\(server.canary)"
    let plain = Fetcher(limits: nearby, as: "", allowing: [try #require(AllowedHost("127.0.0.1"))])
    #expect(plain.error("http://\(other)/")?.kind == .forbidden)
    let named = Fetcher(limits: nearby, as: "", allowing: [try #require(AllowedHost(other))])
    #expect(named.error(server.url("versioned"))?.kind == .forbidden)
    #expect(try named.document("http://\(other)/").text == "canary")
    let account = try server.stop()
    #expect(account.canaries == 1)
    #expect(account.connections == 0)
  }

  @Test func `other ports than those of the web are refused`() throws {
    let server = try HostileServer()
    let error = try #require(Fetcher(as: "").error("http://example.org:25/"))
    #expect(
      error.description
        == "may not be reached (port 25 of example.org is none of 80, 443, 8080, 8443)"
    )
    let next = server.answer(302, ["Location": "https://example.org:22/"])
    #expect(server.fetcher().error(next)?.kind == .forbidden)
  }

  @Test(arguments: [
    "", "example.org", "//example.org/", "/path", "file:///etc/hostname", "ftp://example.org/",
    "http:", "http://", "http:///", "http://user@example.org/", "http://:secret@example.org/",
    "http://a b/", "http://a\r\nb/", "http://example.org:port/", "http://ex\u{0}ample.org/",
    "http://[1::2::3]/", "mailto:a@example.org",
  ])
  func `what is no address of the web is refused at once`(address: String) throws {
    let error = try #require(Fetcher(as: "").error(address))
    #expect(error.kind == .address)
    #expect(error.description.utf8.allSatisfy { $0 >= 0x20 })
  }

  @Test func `a password in an address is not repeated`() throws {
    let error = try #require(Fetcher(as: "").error("https://user:secret@example.org/"))
    #expect(error.kind == .address)
    #expect(error.detail == "it has a user name or a password, which is never sent")
  }

  @Test(
    arguments: [
      ("example.org", "example.org", nil), ("Example.ORG:81", "example.org", 81),
      ("127.1:80", "127.0.0.1", 80), ("[::1]:8000", "[::1]", 8000),
      ("é.example", "xn--9ca.example", nil),
      ("localhost", "localhost", nil),
    ] as [(String, String, Int?)]
  )
  func `a host to allow is read`(text: String, host: String, port: Int?) throws {
    let allowed = try #require(AllowedHost(text))
    #expect(allowed == AllowedHost(host: host, port: port))
  }

  @Test(arguments: ["", "a/b", "http://a", "a:b", "a:99999", "u@a", "a?b", "a#b", "a b", "::1"])
  func `what is no host to allow is not read`(text: String) {
    #expect(AllowedHost(text) == nil)
  }
}

@Suite struct PeerAddressTests {
  @Test(arguments: [
    "1.0.0.0", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0",
    "126.255.255.255", "128.0.0.0", "169.253.255.255", "169.255.0.0", "172.15.255.255",
    "172.32.0.0", "191.255.255.255", "192.0.1.0", "192.0.3.0", "192.88.98.255", "192.88.100.0",
    "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0", "198.51.99.255",
    "198.51.101.0", "203.0.112.255", "203.0.114.0", "223.255.255.255",
    "2001:200::1", "2001:db7:ffff::", "2001:db9::", "2003::1", "2606:4700::1111", "2a00:1450::1",
    "3ffe:ffff::", "3fff:1000::", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8",
  ])
  func `an address of the open Internet is reached`(text: String) throws {
    let address = try #require(PeerAddress(text))
    #expect(address.isPublic)
  }

  @Test(arguments: [
    "0.0.0.0", "0.255.255.255", "10.0.0.0", "10.255.255.255", "100.64.0.0", "100.127.255.255",
    "127.0.0.0", "127.255.255.255", "169.254.0.0", "169.254.169.254", "169.254.255.255",
    "172.16.0.0", "172.31.255.255", "192.0.0.0", "192.0.0.255", "192.0.2.0", "192.0.2.255",
    "192.88.99.0", "192.88.99.255", "192.168.0.0", "192.168.255.255", "198.18.0.0",
    "198.19.255.255", "198.51.100.0", "198.51.100.255", "203.0.113.0", "203.0.113.255",
    "224.0.0.0", "239.255.255.255", "240.0.0.0", "255.255.255.255",
    "::", "::1", "::2", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.1.2.3", "::ffff:0:8.8.8.8",
    "64:ff9b::127.0.0.1", "64:ff9b::c0a8:101", "64:ff9b:1::8.8.8.8", "100::1", "1fff:ffff::",
    "2001::", "2001:0:53aa:64c::1", "2001:1ff:ffff::", "2001:db8::1", "2001:db8:ffff::",
    "2002::", "2002:808:808::1", "2002:ffff::", "3fff::", "3fff:fff:ffff::", "4000::", "5f00::1",
    "fc00::1", "fdff::1", "fe80::1", "febf::1", "fec0::1", "ff02::1",
  ])
  func `an address of a special range is not`(text: String) throws {
    let address = try #require(PeerAddress(text))
    #expect(!address.isPublic)
    #expect(PeerAddress(address.description) == address)
  }
}
