import Cryptography
import HTTPTypes
import Model
import Store
import Testing

@testable import Server

/// What a subscriber changes by the link of a letter.
@Suite struct PreferencesTests {
  private let door: DoorUnderTest
  private let key: Int64
  private let url: String

  init() throws {
    door = try DoorUnderTest()
    key = try door.subscribe("camille@courrier.example")
    url = "/preferences/" + door.token(.preferences, key)
  }

  @Test func `the page shows what is chosen, and not whose it is`() async throws {
    let page = try await door.ask(.get, url)
    #expect(page.status == 200)
    #expect(page.body.contains("c…@courrier.example") && !page.body.contains("camille"))
    #expect(page.body.contains("value=\"bielorussie\" checked"))
    #expect(page.body.contains("value=\"weekly\" checked"))
    #expect(page.headers[.cacheControl] == "no-store")
  }

  @Test func `topics, cadence, language and a pause are saved`() async throws {
    let body = "topic=amerique-latine&cadence=daily&language=en&pause=4"
    let answer = try await door.ask(.post, url, body)
    #expect(answer.status == 200)
    #expect(answer.body.contains("Your preferences are saved."), "in the new language")
    let record = try #require(try door.store.subscriber(key))
    #expect(record.subscriber.topics.map(\.text) == ["amerique-latine"])
    #expect(record.subscriber.cadence == .daily)
    #expect(record.subscriber.language == .english)
    #expect(record.pausedUntil == door.now.advanced(by: .days(28)))
    _ = try await door.ask(.post, url, "topic=bielorussie&pause=keep")
    #expect(try door.store.subscriber(key)?.pausedUntil != nil)
    _ = try await door.ask(.post, url, "topic=bielorussie&pause=0")
    #expect(try door.store.subscriber(key)?.pausedUntil == nil)
  }

  @Test func `at least one topic is needed; to leave there is another page`() async throws {
    let answer = try await door.ask(.post, url, "cadence=weekly&pause=0")
    #expect(answer.status == 422)
    #expect(answer.body.contains("Choisissez au moins un sujet."))
    #expect(try door.store.subscriber(key)?.subscriber.topics.count == 1)
  }

  @Test func `who has left sees that, and a forged link nothing`() async throws {
    try door.store.leave([key], asOf: door.now)
    let answer = try await door.ask(.get, url)
    #expect(answer.body.contains("Désabonnement enregistré") && !answer.body.contains("courrier"))
    #expect(try await door.ask(.post, url, "topic=bielorussie").status == 200)
    #expect(try door.store.subscriber(key)?.suppression == .left)
    #expect(try await door.ask(.get, "/preferences/" + door.token(.leave, key)).status == 400)
  }
}
