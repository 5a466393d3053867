import Cryptography
import HTTPTypes
import Model
import Rendering
import Store
import Testing

@testable import Server

/// From the form to the subscription.
@Suite struct SubscribingTests {
  private let door: DoorUnderTest

  init() throws {
    door = try DoorUnderTest()
  }

  /// What a form sends that was shown a minute ago.
  private func form(
    _ email: String = "camille@courrier.example",
    _ more: String = "topic=bielorussie"
  ) -> String {
    let expiry = door.now.advanced(by: .hours(24)).advanced(by: .minutes(-1)).seconds
    let stamp = AccessToken(.form, expiry: expiry).signed(with: door.tokens)
    return "stamp=\(stamp)&email=\(email)&website=&\(more)"
  }

  /// The token in the message that waits.
  private func mailedToken() throws -> String {
    let path = try #require(try door.takeLetter()?.path("confirm"))
    return String(path.dropFirst("/confirm/".count))
  }

  @Test func `no topic is chosen but the one that the reader came from`() async throws {
    let page = try await door.ask(.get, "/subscribe")
    #expect(page.status == 200)
    #expect(!page.body.contains("type=\"checkbox\" name=\"topic\" value=\"bielorussie\" checked"))
    let from = try await door.ask(.get, "/subscribe?topic=bielorussie").body
    #expect(from.contains("value=\"bielorussie\" checked"))
    #expect(!from.contains("value=\"amerique-latine\" checked"))
    #expect(try await door.ask(.get, "/subscribe?lang=en").body.contains("<html lang=\"en\">"))
  }

  @Test func `who asks is mailed, and subscribed when they say yes`() async throws {
    let answer = try await door.ask(.post, "/subscribe", form())
    #expect(answer.status == 200)
    #expect(answer.body.contains("Vérifiez votre messagerie"))
    #expect(door.sends == 1)
    let url = "/confirm/" + (try mailedToken())
    let look = try await door.ask(.get, url)
    #expect(look.status == 200)
    #expect(look.body.contains("Biélorussie") && look.body.contains("c…@courrier.example"))
    let address = EmailAddress("camille@courrier.example")!
    #expect(try door.store.subscriber(address) == nil, "a scanner's GET confirms nothing")
    #expect(try await door.ask(.post, url, "").status == 400)
    #expect(try door.store.subscriber(address) == nil)
    let done = try await door.ask(.post, url, "confirm=yes")
    #expect(done.status == 200)
    #expect(done.body.contains("lundi 23"))
    let record = try #require(try door.store.subscriber(address))
    #expect(record.subscriber.topics.map(\.text) == ["bielorussie"])
    #expect(record.consent?.source == "web")
    #expect(try await door.ask(.post, url, "confirm=yes").status == 200, "a second click")
  }

  @Test func `a link ends after seven days`() async throws {
    _ = try await door.ask(.post, "/subscribe", form())
    let url = "/confirm/" + (try mailedToken())
    door.now = door.now.advanced(by: .days(7))
    #expect(try await door.ask(.get, url).status == 410)
    #expect(try await door.ask(.post, url, "confirm=yes").status == 410)
  }

  @Test func `nobody learns who is subscribed, has left or complained`() async throws {
    _ = try door.subscribe("known@courrier.example")
    let left = try door.subscribe("left@courrier.example")
    try door.store.leave([left], asOf: door.now)
    let never = Subscriber(
      address: EmailAddress("never@courrier.example")!,
      language: .french,
      topics: []
    )
    _ = try door.store.put(
      [SubscriberChange(subscriber: never, standing: .suppressed(.never))],
      asOf: door.now
    )
    var pages: Set<String> = []
    for name in ["new", "known", "left", "never", "new"] {
      let answer = try await door.ask(.post, "/subscribe", form("\(name)@courrier.example"))
      #expect(answer.status == 200)
      pages.insert(answer.body.replacing(name, with: "X"))
    }
    #expect(pages.count == 1)
    #expect(door.sends == 3, "nothing to who asked never to be written to, nor twice")
  }

  @Test(arguments: [
    ("", 422), ("a", 422), ("a@", 422), ("a@b%0D%0ABcc:%20c@d.example", 422),
    ("%ff@b.example", 415),
    ("a@b.example&email=c@d.example", 422), ("%3Cscript%3E@b.example", 422),
  ])
  func `an address that is none is said, and nothing is stored`(
    typed: String,
    status: Int
  ) async throws {
    let answer = try await door.ask(.post, "/subscribe", form(typed))
    #expect(answer.status == status)
    #expect(!answer.body.contains("<script>"))
    #expect(door.sends == 0)
    if status == 422 {
      #expect(answer.body.contains("<title>Erreur"))
      #expect(answer.body.contains("id=\"email-error\""))
    }
  }

  @Test func `a topic that is none is not chosen, and what was typed is kept`() async throws {
    let answer = try await door.ask(.post, "/subscribe", form("a@b.example", "topic=mars"))
    #expect(answer.status == 422)
    #expect(answer.body.contains("Choisissez au moins un sujet."))
    #expect(answer.body.contains("value=\"a@b.example\""))
  }

  @Test func `a form of another site, and one sent at once, lead to a second page`() async throws {
    let plain = "email=a@b.example&topic=bielorussie"
    let now = AccessToken(.form, expiry: door.now.advanced(by: .hours(24)).seconds)
    for body in [plain, plain + "&stamp=x", plain + "&stamp=" + now.signed(with: door.tokens)] {
      let answer = try await door.ask(.post, "/subscribe", body)
      #expect(answer.status == 200)
      #expect(answer.body.contains("value=\"a@b.example\""))
      #expect(answer.body.contains("value=\"bielorussie\" checked"))
      #expect(answer.body.contains("Vérifiez vos réponses"))
    }
    #expect(door.sends == 0)
  }

  @Test func `a program that fills in every field gets the same answer, and no mail`()
    async throws
  {
    let body = form().replacing("website=", with: "website=http://x")
    let answer = try await door.ask(.post, "/subscribe", body)
    #expect(answer.status == 200)
    #expect(answer.body.contains("Vérifiez votre messagerie"))
    #expect(door.sends == 0)
  }

  @Test func `a network that asks too often is stopped, and others are not`() async throws {
    var statuses: [Int] = []
    for number in 1...20 {
      let answer = try await door.ask(
        .post,
        "/subscribe",
        form("r\(number)@courrier.example"),
        from: "192.0.2.\(number)"
      )
      statuses.append(answer.status)
    }
    #expect(statuses.count { $0 == 200 } == 8)
    #expect(statuses.last == 429)
    let other = try await door.ask(
      .post,
      "/subscribe",
      form("o@courrier.example"),
      from: "2001:db8::1"
    )
    #expect(other.status == 200)
    door.now = door.now.advanced(by: .minutes(6))
    #expect(try await door.ask(.post, "/subscribe", form("p@courrier.example")).status == 200)
  }

  @Test func `who was asked and wants it never again is never asked again`() async throws {
    _ = try await door.ask(.post, "/subscribe", form())
    let token = try mailedToken()
    #expect(try await door.ask(.get, "/refuse/" + token).status == 200)
    let answer = try await door.ask(.post, "/refuse/" + token, "List-Unsubscribe=One-Click")
    #expect(answer.status == 200)
    #expect(try await door.ask(.post, "/confirm/" + token, "confirm=yes").status == 410)
    door.now = door.now.advanced(by: .days(40))
    _ = try await door.ask(.post, "/subscribe", form())
    #expect(door.sends == 1)
  }

  @Test func `a body of 10 MB, and one of another type, are refused`() async throws {
    let large = form() + String(repeating: "x", count: 10_000_000)
    #expect(try await door.ask(.post, "/subscribe", large).status == 413)
    let json = try await door.ask(
      .post,
      "/subscribe",
      "{}",
      headers: [.contentType: "application/json"]
    )
    #expect(json.status == 415)
    #expect(door.sends == 0)
  }

  @Test func `the message has nothing of whoever asked`() async throws {
    let body = form("camille@courrier.example", "topic=bielorussie&name=BUY+NOW&lang=en")
    _ = try await door.ask(.post, "/subscribe", body)
    let claimant = Claimant(run: "t", asOf: door.now, now: door.now, takesConfirmationsOnly: true)
    let claim = try #require(try door.store.exchange(settled: [], wanting: 1, by: claimant).first)
    guard case .message(let bytes) = claim.content else { return }
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(!text.contains("BUY"))
    #expect(text.contains("To: <camille@courrier.example>\r\n"))
    #expect(text.contains("List-Unsubscribe: <https://veille.example.org/refuse/"))
    #expect(text.contains("Auto-Submitted: auto-generated"))
  }
}
