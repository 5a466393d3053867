import Model
import Store
import Testing

@Suite struct HubContractTests {
  private func waiting(
    _ hub: String,
    _ topic: String,
    attempts: Int = 0,
    day number: Int,
    reply: String? = nil
  ) -> WaitingPing {
    WaitingPing(
      ping: HubPing(hub: "https://\(hub).example/", topic: "https://veille.example.org/\(topic)"),
      attempts: attempts,
      notBefore: day(number),
      reply: reply
    )
  }

  @Test(arguments: Backend.allCases)
  func `what a hub is owed is kept, what is due first coming first`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    let before = try test.store.waitingPings()
    let later = waiting("a", "atom.xml", attempts: 3, day: 4, reply: "answers 500")
    let sooner = [waiting("a", "b/atom.xml", day: 3), waiting("b", "atom.xml", day: 3)]
    try test.store.updatePings([later] + sooner.reversed(), forgetting: [])
    let after = try test.store.waitingPings()
    #expect(before == [])
    #expect(after == sooner + [later])
  }

  @Test(arguments: Backend.allCases)
  func `a ping takes the place of one for the same hub and topic`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    let other = waiting("b", "atom.xml", day: 2)
    let old = waiting("a", "atom.xml", attempts: 5, day: 9, reply: "answers 500")
    let new = waiting("a", "atom.xml", day: 3)
    try test.store.updatePings([old, other], forgetting: [])
    try test.store.updatePings([new], forgetting: [])
    let rows = try test.store.waitingPings()
    #expect(rows == [other, new])
  }

  @Test(arguments: Backend.allCases)
  func `a ping is forgotten, and no other`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    let rows = [
      waiting("a", "atom.xml", day: 1), waiting("a", "b/atom.xml", day: 1),
      waiting("b", "atom.xml", day: 1),
    ]
    try test.store.updatePings(rows, forgetting: [])
    try test.store.updatePings(
      [],
      forgetting: [rows[0].ping, HubPing(hub: "https://c.example/", topic: "unknown")]
    )
    let left = try test.store.waitingPings()
    #expect(left == Array(rows.dropFirst()))
  }
}
