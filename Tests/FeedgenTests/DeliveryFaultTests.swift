import Foundation
import TestSupport
import Testing

/// Runs that are killed, stopped and failed by the machine while they deliver, judged by what the
/// server took: nobody is skipped, and only a message whose fate was hidden comes twice.
@Suite(.serialized) struct DeliveryFaultTests {
  /// As many connections as the configuration has by default: each may hide one message's fate.
  static let connections = 4

  @Test func `runs that are killed at any instant skip nobody`() throws {
    let (count, kills) = isSoaking ? (5000, 200) : (300, 8)
    let mailing = try Mailing(to: count)
    var random = SeededGenerator()
    var (killed, mailings) = (0, 0)
    while killed < kills {
      if mailings > 0 { try mailing.restart() }
      mailings += 1
      let sink = try mailing.sink(["--delay", "5"])
      let before = killed
      while killed < kills, try isKilled(mailing, sink, within: count / kills, &random) {
        killed += 1
      }
      try mailing.finish()
      let most = (killed - before) * Self.connections
      try mailing.judge(mostUncertain: most, "killed \(killed - before) times")
      let repeated = try mailing.repeated().count
      print("kill -9: \(killed - before) kills, \(count) digests, \(repeated) repeated, 0 lost")
    }
  }

  /// Kills a run when it has sent some messages more; false where all were sent before.
  private func isKilled(
    _ mailing: Mailing,
    _ sink: MailSink,
    within messages: Int,
    _ random: inout SeededGenerator
  ) throws -> Bool {
    let target = try mailing.received().count + Int.random(in: 0...messages, using: &random)
    let run = try mailing.start(to: sink)
    try mailing.waitForMessages(target, while: run)
    usleep(UInt32.random(in: 0..<8000, using: &random))
    kill(run.identifier, SIGKILL)
    let isKilled = run.wait() == -SIGKILL
    #expect(try mailing.ask("PRAGMA quick_check") == ["ok"])
    return isKilled
  }

  /// Killed before and after a write, an fsync, a send; of few messages at every one.
  @Test func `runs that are killed at a call to the system skip nobody`() throws {
    let mailing = try Mailing(to: isSoaking ? 60 : 24)
    let total = try mailing.countCalls()
    #expect(total > 100)
    var random = SeededGenerator()
    let sample = (0..<12).map { _ in Int.random(in: 1...total, using: &random) }
    let points = isSoaking ? Array(1...total) : sample
    try killAt(points, in: mailing)
  }

  @Test(.enabled(if: isSoaking, "long: make soak"))
  func `runs with many messages that are killed at a call skip nobody`() throws {
    let mailing = try Mailing(to: 5000)
    let total = try mailing.countCalls()
    var random = SeededGenerator()
    try killAt((0..<400).map { _ in .random(in: 1...total, using: &random) }, in: mailing)
  }

  private func killAt(_ points: [Int], in mailing: Mailing) throws {
    var killed = 0
    var repeated = 0
    for (index, point) in points.enumerated() {
      let kind = index.isMultiple(of: 2) ? "kill" : "killed"
      try mailing.restart()
      let environment = try faults(at: point, kind)
      let result = try mailing.publish(to: mailing.sink(), environment: environment)
      // One run makes a call more than another now and then, so the last may not be reached.
      if result.status == -SIGKILL { killed += 1 } else { #expect(result.status == 0) }
      try mailing.expectHonesty()
      try mailing.finish()
      try mailing.judge(mostUncertain: Self.connections, "\(kind) at call \(point)")
      repeated += try mailing.repeated().count
    }
    #expect(killed > points.count / 2)
    print("killed at a call: \(killed) kills, \(repeated) repeated, 0 lost")
  }

  @Test func `a run that is told to stop loses and repeats nothing`() throws {
    let (count, stops) = isSoaking ? (5000, 50) : (120, 3)
    let mailing = try Mailing(to: count)
    var random = SeededGenerator()
    let sink = try mailing.sink(["--delay", "50"])
    for _ in 0..<stops {
      let target = try mailing.received().count + Int.random(in: 0...count / stops, using: &random)
      let run = try mailing.start(to: sink)
      try mailing.waitForMessages(target, while: run)
      usleep(UInt32.random(in: 0..<50_000, using: &random))
      let asked = Date.now
      kill(run.identifier, SIGTERM)
      // Before it listens to signals, the program has done nothing either.
      #expect([0, 75, -SIGTERM].contains(run.wait()))
      #expect(Date.now.timeIntervalSince(asked) < 12)
    }
    try mailing.finish()
    try mailing.judge(mostUncertain: 0)
    #expect(try mailing.repeated() == [])
  }

  @Test func `a run that waits for a silent server ends in time, and at once when told twice`()
    throws
  {
    let mailing = try Mailing(to: 6)
    for signals in 1...2 {
      try mailing.restart()
      let sink = try mailing.sink(["--fault", "dot", "1", "keep:silent"])
      let run = try mailing.start(to: sink)
      try mailing.waitForMessages(1, while: run)
      let asked = Date.now
      for _ in 0..<signals {
        kill(run.identifier, SIGTERM)
        usleep(300_000)
      }
      let status = run.wait()
      let facts = try "\(mailing.states()), \(mailing.received().count) received"
      #expect(
        status == (signals == 1 ? 75 : -SIGTERM),
        "after \(Date.now.timeIntervalSince(asked)) s: \(facts)"
      )
      #expect(Date.now.timeIntervalSince(asked) < (signals == 1 ? 12 : 3))
      try mailing.finish()
      try mailing.judge(mostUncertain: Self.connections)
    }
  }

  /// Nothing is marked that did not happen, and the next run goes on.
  @Test func `a disk that fails at any call is said, and the next run recovers`() throws {
    let mailing = try Mailing(to: 20)
    let calls = "write,pwrite,fsync,fdatasync,rename,create"
    let total = try mailing.countCalls(calls)
    var random = SeededGenerator()
    let sample = (0..<10).map { _ in Int.random(in: 1...total, using: &random) }
    let points = isSoaking ? Array(1...total) : sample
    for (index, point) in points.enumerated() {
      let error = index.isMultiple(of: 2) ? "ENOSPC" : "EIO"
      let lasts = (index / 2).isMultiple(of: 2)
      let place: Comment = "\(error) at call \(point)\(lasts ? " and after" : "")"
      try mailing.restart()
      let environment = try faults(at: point, error, calls: calls, lasts: lasts)
      let result = try mailing.publish(to: mailing.sink(), environment: environment)
      let isKnown = [0, 69, 73, 74, 75].contains(result.status)
      #expect(isKnown, "\(place): \(result.status) \(result.errors)")
      let isSaid: Bool = result.errors.hasPrefix("feedgen: ")
      #expect(result.status == 0 || isSaid, "\(place): \(result.errors)")
      try mailing.expectHonesty(place)
      try mailing.finish()
      try mailing.judge(mostUncertain: Self.connections, place)
    }
  }

  @Test func `two runs at once repeat nothing`() throws {
    let mailing = try Mailing(to: 40)
    for _ in 0..<(isSoaking ? 100 : 5) {
      try mailing.restart()
      let sink = try mailing.sink()
      let runs = try (1...2).map { _ in try mailing.start(to: sink) }
      let statuses = runs.map { $0.wait() }
      #expect(statuses.allSatisfy { [0, 75].contains($0) }, "\(statuses)")
      try mailing.judge(mostUncertain: 0)
      #expect(try mailing.repeated() == [])
    }
  }
}

extension Mailing {
  /// Waits until the server has so many messages, or the run is over.
  func waitForMessages(_ target: Int, while run: ServerProcess) throws {
    for _ in 0..<60_000 {
      if try received().count >= target || !run.isRunning { return }
      usleep(1000)
    }
    Issue.record("no \(target) messages arrive")
  }

  /// How many calls a run makes that nothing fails.
  func countCalls(_ calls: String? = nil) throws -> Int {
    let counter = TemporaryFolder()
    var environment = try faults(at: 0, "none", calls: calls)
    environment["FAULT_COUNT"] = counter.file("count")
    let result = try publish(to: sink(), environment: environment)
    try #require(result.status == 0, "\(result.errors)")
    return Int(try counter.read("count").filter(\.isNumber)) ?? 0
  }
}

/// What makes a program fail: see `Tests/Faults/faults.c`.
private func faults(
  at point: Int,
  _ kind: String,
  calls: String? = nil,
  lasts: Bool = false
) throws -> [String: String] {
  var environment = [
    "LD_PRELOAD": try CompiledSource.faults(), "FAULT_AT": "\(point)", "FAULT_KIND": kind,
  ]
  environment["FAULT_CALLS"] = calls
  environment["FAULT_LASTS"] = lasts ? "1" : nil
  return environment
}
