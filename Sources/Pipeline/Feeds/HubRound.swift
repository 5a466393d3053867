import Model
import Publishing
import Store

/// What became of the pings of a run so far.
struct HubRound {
  /// The hubs that were in trouble before.
  let knownTroubles: Set<String>
  private(set) var report = HubReport()
  /// The pings that are to be tried again.
  private(set) var waiting: [WaitingPing] = []
  /// The pings that are owed no more: told or given up.
  private(set) var settled: [HubPing] = []
  /// The hubs that do not answer: asking again would only take time.
  private(set) var silence: [String: HubReply] = [:]

  init(knownTroubles: Set<String>) {
    self.knownTroubles = knownTroubles
  }

  var isChange: Bool { !waiting.isEmpty || !settled.isEmpty }

  mutating func settle(_ tried: WaitingPing, reply: HubReply, _ now: Instant) {
    switch reply {
    case .told:
      report.told += 1
      settled.append(tried.ping)
    case .refused(let words):
      fail(tried, words, now)
    case .silent(let words):
      silence[tried.ping.hub] = reply
      fail(tried, words, now)
    }
  }

  private mutating func fail(_ tried: WaitingPing, _ words: String, _ now: Instant) {
    let wait = HubBackoff.wait(afterAttempt: tried.attempts + 1)
    if let wait {
      waiting.append(
        WaitingPing(
          ping: tried.ping,
          attempts: tried.attempts + 1,
          notBefore: now.advanced(by: wait),
          reply: words
        )
      )
    } else {
      settled.append(tried.ping)
    }
    let isNews = !knownTroubles.contains(tried.ping.hub)
    report.note(tried.ping.hub, words, isGivenUp: wait == nil, isNews: isNews)
  }
}
