import Model
import TestSupport
import Testing
import Transfer

@Suite struct HostileAnswerTests {
  private func impatient(_ change: (inout Fetcher.Limits) -> Void = { _ in }) -> Fetcher.Limits {
    var limits = nearby
    limits.total = Interval(seconds: 2)
    change(&limits)
    return limits
  }

  /// What an answer ends as, and how long that takes.
  private func outcome(
    _ path: String,
    _ limits: Fetcher.Limits = nearby
  ) throws -> (error: HTTPError, time: Duration) {
    let server = try HostileServer()
    let fetcher = server.fetcher(limits)
    let begin = ContinuousClock.now
    let error = fetcher.error(server.url(path))
    let time = ContinuousClock.now - begin
    #expect(try fetcher.document(server.url("versioned")).text == "one", "life goes on")
    return (try #require(error), time)
  }

  @Test func `a body is read no further than it may be`() throws {
    let server = try HostileServer()
    var limits = nearby
    limits.body = 10
    let fetcher = server.fetcher(limits)
    let longest = try fetcher.document(server.answer(200, body: "0123456789"))
    #expect(longest.text == "0123456789")
    let error = try #require(fetcher.error(server.answer(200, body: "0123456789a")))
    #expect(
      error.description == "sends more than is taken (the body is longer than 10 bytes)"
    )
  }

  @Test(arguments: ["endless", "packed/gzip/62000000", "hollow"])
  func `a body is counted as it comes and as it is unpacked`(path: String) throws {
    let (error, time) = try outcome(path)
    #expect(error.kind == .tooLarge)
    #expect(error.detail == "the body is longer than 10000000 bytes")
    #expect(time < .seconds(10))
  }

  @Test(arguments: ["packed/gzip,gzip/1000", "packed/deflate,gzip/1000"])
  func `a body that is packed twice is not unpacked`(path: String) throws {
    let (error, _) = try outcome(path)
    #expect(error.kind == .lost)
    #expect(error.detail == "the body is compressed more than once")
  }

  @Test(arguments: ["fields", "line", "early"])
  func `a header without end is ended`(path: String) throws {
    let (error, time) = try outcome(path)
    #expect(error.kind == .tooLarge)
    #expect(error.detail == "the header is longer than 65536 bytes")
    #expect(time < .seconds(10))
  }

  @Test(arguments: ["silent", "drip"])
  func `a server has so much time, whatever it does with it`(path: String) throws {
    let (error, time) = try outcome(path, impatient())
    #expect(error.kind == .timedOut)
    #expect((.seconds(1.9) ..< .seconds(8)).contains(time))
  }

  @Test(arguments: ["silent", "drip"])
  func `a server that is too slow is not waited for`(path: String) throws {
    let limits = impatient {
      $0.total = Interval(seconds: 20)
      $0.patience = Interval(seconds: 2)
    }
    let (error, time) = try outcome(path, limits)
    #expect(error.kind == .timedOut)
    #expect(error.detail.contains("Less than 100 bytes/sec"))
    #expect((.seconds(1) ..< .seconds(8)).contains(time))
  }

  @Test(arguments: ["short", "cut", "old"])
  func `what ends early is no document`(path: String) throws {
    let (error, time) = try outcome(path)
    #expect(error.kind == .lost)
    #expect(time < .seconds(5))
  }

  @Test func `what follows an answer is not taken for the next`() throws {
    let server = try HostileServer()
    let fetcher = server.fetcher()
    #expect(try fetcher.document(server.url("excess")).text == "this")
    #expect(try fetcher.document(server.url("versioned")).text == "one")
  }
}
