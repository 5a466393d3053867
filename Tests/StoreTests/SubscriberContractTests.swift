import Model
import Store
import Testing

@Suite struct SubscriberContractTests {
  @Test(arguments: Backend.allCases)
  func `subscribers come in parts, each once and in order`(backend: Backend) throws {
    let test = try StoreUnderTest(backend)
    for number in 1...5 {
      try addSubscriber(test.store, "r\(number)@example.org", topics: [latin])
    }
    let all = try subscribers(test.store)
    let first = try test.store.subscribers(after: 0, atMost: 2)
    let rest = try test.store.subscribers(after: first[1].key, atMost: 10)
    #expect(first == Array(all.prefix(2)))
    #expect(rest == Array(all.dropFirst(2)))
    #expect(try test.store.subscribers(after: all[4].key, atMost: 2) == [])
  }
}
