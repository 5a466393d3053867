import Delivering
import Model
import Testing

@Suite struct RetryScheduleTests {
  private let greylisted = DeliveryOutcome.deferred(SMTPReply(code: 451, text: "4.7.1 later"))

  @Test(arguments: [
    (1, 300), (2, 900), (3, 2700), (4, 7200), (5, 14_400), (6, 14_400), (100, 14_400),
  ])
  func `a deferred message waits longer each time, by a fifth more or less`(
    attempt: Int,
    seconds: Int64
  ) throws {
    let waits = (1...500).compactMap { delivery in
      RetrySchedule().wait(after: greylisted, delivery: delivery, attempt: attempt)?.seconds
    }
    let shortest = try #require(waits.min())
    let longest = try #require(waits.max())
    #expect(waits.count == 500)
    #expect(shortest >= seconds * 80 / 100 && shortest < seconds * 82 / 100)
    #expect(longest <= seconds * 120 / 100 && longest > seconds * 118 / 100)
  }

  @Test func `the same delivery and try wait the same`() {
    let waits = (1...2).map { _ in
      RetrySchedule().wait(after: greylisted, delivery: 42, attempt: 3)
    }
    #expect(waits[0] == waits[1])
    #expect(waits[0] != RetrySchedule().wait(after: greylisted, delivery: 43, attempt: 3))
  }

  @Test func `an uncertain message waits a quarter of an hour`() {
    let wait = RetrySchedule().wait(after: .uncertain("lost"), delivery: 1, attempt: 1)
    #expect(wait == .minutes(15))
  }

  @Test(arguments: [
    DeliveryOutcome.accepted(SMTPReply(code: 250, text: "")),
    .rejected(SMTPReply(code: 550, text: "")), .previewed("a"), .untouched,
  ])
  func `what is done with does not wait`(outcome: DeliveryOutcome) {
    #expect(RetrySchedule().wait(after: outcome, delivery: 1, attempt: 1) == nil)
  }
}
