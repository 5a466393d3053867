import Cryptography
import HTTPTypes
import Model
import Store
import Testing

@testable import Server

/// The links that are mailed on a subscriber's wish, and another address.
@Suite struct MovingTests {
  private let door: DoorUnderTest
  private let key: Int64
  private let preferences: String

  init() throws {
    door = try DoorUnderTest()
    key = try door.subscribe("camille@courrier.example")
    preferences = "/preferences/" + door.token(.preferences, key)
  }

  @Test func `the link goes to the address, and not to who asks`() async throws {
    let answer = try await door.ask(.post, preferences, "ask=move")
    #expect(answer.status == 200)
    #expect(answer.body.contains("c…@courrier.example") && !answer.body.contains("/move/"))
    let letter = try #require(try door.takeLetter())
    #expect(letter.recipient.description == "camille@courrier.example")
    #expect(letter.text.contains("https://veille.example.org/move/"))
    #expect(door.sends == 1)
  }

  @Test func `another address is the subscriber’s when it says so`() async throws {
    let record = try #require(try door.store.subscriber(key))
    _ = try await door.ask(.post, preferences, "ask=move")
    let form = try #require(try door.takeLetter()?.path("move"))
    #expect(try await door.ask(.get, form).body.contains("name=\"email\""))
    #expect(try await door.ask(.post, form, "email=ines").status == 422)
    let sent = try await door.ask(.post, form, "email=ines@courrier.example")
    #expect(sent.body.contains("i…@courrier.example"))
    let letter = try #require(try door.takeLetter())
    #expect(letter.recipient.description == "ines@courrier.example")
    let arrival = try #require(letter.path("arrive"))
    #expect(try await door.ask(.get, arrival).status == 200)
    #expect(try await door.ask(.post, arrival, "").status == 400)
    #expect(
      try door.store.subscriber(key) == record,
      "a scanner that looks, or posts, moves nobody"
    )
    #expect(try await door.ask(.post, arrival, "confirm=yes").status == 200)
    var moved = record
    moved.subscriber.address = EmailAddress("ines@courrier.example")!
    let now = try #require(try door.store.subscriber(key))
    #expect(now.subscriber == moved.subscriber && now.covered == record.covered)
    let notice = try #require(try door.takeLetter())
    #expect(notice.recipient.description == "camille@courrier.example")
    #expect(!notice.text.contains("ines"), "the former address need not learn the new one")
    #expect(try await door.ask(.post, arrival, "confirm=yes").status == 200, "twice is as once")
    #expect(try door.takeLetter() == nil)
  }

  @Test func `nobody takes the address of somebody else`() async throws {
    let other = try door.subscribe("ines@courrier.example")
    let form = try await self.form()
    _ = try await door.ask(.post, form, "email=ines@courrier.example")
    let url = try #require(try door.takeLetter()?.path("arrive"))
    #expect(try await door.ask(.post, url, "confirm=yes").body.contains("ne peut pas être choisie"))
    #expect(try door.store.subscriber(other)?.subscriber.address.localPart == "ines")
    #expect(try door.store.subscriber(key)?.subscriber.address.localPart == "camille")
  }

  @Test func `a link is good for an hour, and for what it was asked for`() async throws {
    let form = try await self.form()
    #expect(try await door.ask(.get, "/move/" + door.token(.preferences, key)).status == 400)
    door.now = door.now.advanced(by: .minutes(61))
    #expect(try await door.ask(.get, form).status == 410)
  }

  @Test func `an address is sent no more than a few links a day`() async throws {
    for place in 0..<8 {
      _ = try await door.ask(.post, preferences, "ask=erase", from: "192.0.\(place).1")
    }
    #expect(door.sends == RequestLimits.mostLetters)
    door.now = door.now.advanced(by: .hours(25))
    _ = try await door.ask(.post, preferences, "ask=erase")
    #expect(door.sends == RequestLimits.mostLetters + 1)
  }

  @Test func `nobody has strangers written to by moving to them`() async throws {
    let form = try await self.form()
    var answers: [Int] = []
    for number in 0..<20 {
      answers.append(try await door.ask(.post, form, "email=l\(number)@x.example").status)
    }
    #expect(answers.filter { $0 == 200 }.count < 10 && answers.last == 429)
    while let letter = try door.takeLetter() {
      #expect(letter.text.contains("List-Unsubscribe: <https://veille.example.org/refuse/"))
    }
    let again = try await door.ask(.post, form, "email=l0@x.example", from: "198.51.100.1")
    #expect(again.status == 200)
    #expect(try door.takeLetter() == nil, "one address is asked once a day")
  }

  @Test func `an address that was typed in may refuse for ever`() async throws {
    _ = try await door.ask(.post, try await form(), "email=ines@courrier.example")
    let refuse = try #require(try door.takeLetter()?.path("refuse"))
    #expect(try await door.ask(.get, refuse).body.contains("i…@courrier.example"))
    #expect(try await door.ask(.post, refuse, "List-Unsubscribe=One-Click").status == 200)
    door.now = door.now.advanced(by: .days(40))
    _ = try await door.ask(.post, try await form(), "email=ines@courrier.example")
    #expect(try door.takeLetter() == nil)
  }

  @Test func `links that went to the former address are good for nothing at the new one`()
    async throws
  {
    let form = try await self.form()
    _ = try await door.ask(.post, preferences, "ask=erase")
    let erase = try #require(try door.takeLetter()?.path("erase"))
    _ = try await door.ask(.post, form, "email=ines@courrier.example")
    let arrival = try #require(try door.takeLetter()?.path("arrive"))
    _ = try await door.ask(.post, arrival, "confirm=yes")
    #expect(try await door.ask(.get, erase).status == 410)
    #expect(try await door.ask(.get, form).status == 410)
  }

  private func form() async throws -> String {
    _ = try await door.ask(.post, preferences, "ask=move")
    return try #require(try door.takeLetter()?.path("move"))
  }

  @Test func `a letter whose link has expired is not sent any more, and forgotten`() async throws {
    _ = try await door.ask(.post, preferences, "ask=move")
    door.now = door.now.advanced(by: .hours(2))
    try door.store.forgetRequests(asOf: door.now)
    #expect(try door.takeLetter() == nil)
  }
}

/// What is stored about a subscriber, for themselves.
@Suite struct OwnDataTests {
  private let door: DoorUnderTest
  private let key: Int64
  private let preferences: String

  init() throws {
    door = try DoorUnderTest()
    key = try door.subscribe("camille@courrier.example")
    preferences = "/preferences/" + door.token(.preferences, key)
  }

  @Test func `all of it comes as a file to who has the mailbox`() async throws {
    _ = try await door.ask(.post, preferences, "ask=data")
    let url = try #require(try door.takeLetter()?.path("data"))
    #expect(!(try await door.ask(.get, url).body.contains("camille")))
    #expect(try await door.ask(.post, url, "").status == 400)
    let answer = try await door.ask(.post, url, "confirm=yes")
    #expect(answer.status == 200 && answer.headers[.cacheControl] == "no-store")
    #expect(answer.headers[.contentDisposition]?.hasPrefix("attachment") == true)
    #expect(answer.body.contains("camille@courrier.example"))
    #expect(try await door.ask(.get, "/data/" + door.token(.preferences, key)).status == 400)
  }

  @Test func `all of it is erased by who has the mailbox`() async throws {
    _ = try await door.ask(.post, preferences, "ask=erase")
    let url = try #require(try door.takeLetter()?.path("erase"))
    #expect(try await door.ask(.get, url).status == 200)
    #expect(try await door.ask(.post, url, "").status == 400)
    #expect(try door.store.subscriber(key) != nil)
    #expect(
      try await door.ask(.post, url, "confirm=yes").body.contains("Vos données sont effacées.")
    )
    #expect(try door.store.subscriber(key) == nil)
    #expect(try await door.ask(.get, preferences).body.contains("Désabonnement enregistré"))
    #expect(try await door.ask(.post, url, "confirm=yes").status == 410)
  }
}
