import Cryptography
import HTTPTypes
import Model
import SQLiteStore
import Store
import TestSupport
import Testing

@testable import Server

/// RFC 8058, and what scanners and strangers do.
@Suite struct LeavingTests {
  private let door: DoorUnderTest
  private let key: Int64
  private let url: String

  init() throws {
    door = try DoorUnderTest()
    key = try door.subscribe("camille@courrier.example")
    url = "/unsubscribe/" + door.token(.leave, key)
  }

  private var hasLeft: Bool { get throws { try door.store.subscriber(key)?.suppression == .left } }

  @Test(arguments: [HTTPRequest.Method.get, .head, .options, .put, .delete])
  func `nothing but a POST takes anybody off`(method: HTTPRequest.Method) async throws {
    let answer = try await door.ask(method, url)
    #expect(answer.status == [.get: 200, .head: 200, .options: 204][method] ?? 405)
    #expect(try !hasLeft)
  }

  @Test func `the page shows a button, and who it is about only to who knows`() async throws {
    let page = try await door.ask(.get, url).body
    #expect(page.contains("c…@courrier.example"))
    #expect(!page.contains("camille"))
    #expect(page.contains("action=\"\(url)\" method=\"post\""))
    #expect(page.contains("name=\"List-Unsubscribe\" value=\"One-Click\""))
  }

  @Test(arguments: ["", "List-Unsubscribe=", "List-Unsubscribe=one-click", "a=b"])
  func `a POST that does not say so takes nobody off`(body: String) async throws {
    #expect(try await door.ask(.post, url, body).status == 400)
    #expect(try !hasLeft)
  }

  @Test func `one click leaves at once, without redirect or cookie, as often as wanted`()
    async throws
  {
    for _ in 1...3 {
      let answer = try await door.ask(.post, url, "List-Unsubscribe=One-Click")
      #expect(answer.status == 200)
      #expect(answer.headers[.location] == nil && answer.headers[.setCookie] == nil)
      #expect(try hasLeft, "durable before the reply")
    }
    let log = DepartureLog(besideStore: door.folder.file("feedgen.db"))
    #expect(try log.departures().count == 1)
    #expect(try await door.ask(.get, url).body.contains("Désabonnement enregistré"))
  }

  @Test func `a form of several parts is understood`() async throws {
    let body =
      "--x\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--x--\r\n"
    let type = "multipart/form-data; boundary=\"x\""
    let answer = try await door.ask(.post, url, body, headers: [.contentType: type])
    #expect(answer.status == 200)
    #expect(try hasLeft)
  }

  @Test func `a link for one topic leaves that one`() async throws {
    let key = try door.subscribe("b@courrier.example", topics: ["amerique-latine", "bielorussie"])
    let url = "/unsubscribe/" + door.token(.leave, key, topic: "bielorussie")
    #expect(try await door.ask(.get, url).body.contains("Biélorussie"))
    #expect(try await door.ask(.post, url, "List-Unsubscribe=One-Click").status == 200)
    #expect(try door.store.subscriber(key)?.subscriber.topics.map(\.text) == ["amerique-latine"])
    #expect(try door.store.subscriber(key)?.suppression == nil)
  }

  @Test func `a link for one topic leaves it also under the name that it has now`() async throws {
    let key = try door.subscribe("b@courrier.example", topics: ["amerique-latine", "bielorussie"])
    let url = "/unsubscribe/" + door.token(.leave, key, topic: "bielorussie")
    let belarus = Topic(
      slug: Slug("belarus")!,
      title: "Biélorussie",
      was: [Slug("bielorussie")!]
    )
    try door.store.setTopics([site.topics[0], belarus], asOf: door.now)
    #expect(try await door.ask(.get, url).body.contains("value=\"One-Click\""))
    #expect(try await door.ask(.post, url, "List-Unsubscribe=One-Click").status == 200)
    #expect(try door.store.subscriber(key)?.subscriber.topics.map(\.text) == ["amerique-latine"])
  }

  @Test func `a token that nobody signed gets one answer, whatever is wrong with it`()
    async throws
  {
    let other = TokenKeys([1: [UInt8](repeating: 8, count: 32)])
    let valid = door.token(.leave, key)
    let tokens = [
      "", "x", String(valid.dropLast()), valid + "A", String(valid.reversed()),
      AccessToken(.leave, subscriber: key).signed(with: other), door.token(.preferences, key),
      String(repeating: "A", count: 5000), "%00", "../x",
    ]
    var pages: Set<String> = []
    for token in tokens {
      for method in [HTTPRequest.Method.get, .post] {
        let body = method == .post ? "List-Unsubscribe=One-Click" : nil
        let answer = try await door.ask(method, "/unsubscribe/" + token, body)
        #expect(answer.status == 400, "\(token.prefix(40))")
        pages.insert(answer.body)
      }
    }
    #expect(pages.count == 1)
    #expect(try !hasLeft)
  }

  @Test func `a reader who is not there any more gets the answer of one who is`() async throws {
    let gone = "/unsubscribe/" + door.token(.leave, 4711)
    let answer = try await door.ask(.post, gone, "List-Unsubscribe=One-Click")
    let known = try await door.ask(.post, url, "List-Unsubscribe=One-Click")
    #expect(answer.status == 200)
    #expect(answer.body == known.body)
  }

  @Test func `many at once leave in few transactions, and all have left`() async throws {
    let keys = try (1...300).map { try door.subscribe("r\($0)@courrier.example") }
    try await withThrowingTaskGroup(of: Int.self) { group in
      for key in keys {
        let url = "/unsubscribe/" + door.token(.leave, key)
        group.addTask { [door] in
          try await door.ask(.post, url, "List-Unsubscribe=One-Click").status
        }
      }
      for try await status in group { #expect(status == 200) }
    }
    for key in keys { #expect(try door.store.subscriber(key)?.suppression == .left) }
  }

  @Test func `what is logged has neither addresses nor tokens`() async throws {
    _ = try await door.ask(.get, url + "?lang=en")
    _ = try await door.ask(.post, url, "List-Unsubscribe=One-Click")
    let lines = door.lines
    #expect(lines.count == 2)
    #expect(lines[0].hasPrefix("GET unsubscribe 200 "))
    #expect(lines[1].hasPrefix("POST unsubscribe 200 "))
  }
}
