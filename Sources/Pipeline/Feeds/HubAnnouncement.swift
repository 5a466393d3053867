import Model
import Publishing
import Store

/// Tells the site's hubs which subscription documents have changed, once they are in place.
///
/// What is owed is written down before the first hub is asked, so that it outlives the run.
struct HubAnnouncement {
  let store: any HubQueue
  let site: Site
  /// The real time: what waits, waits by it.
  let clock: () -> Instant
  let shouldStop: () -> Bool
  let tell: (HubPing) -> HubReply

  /// Writes down what changed, and tries all that is due.
  ///
  /// - Parameter written: paths below the output folder.
  func announce(_ written: [String]) throws -> HubReport {
    let stored = try store.waitingPings()
    let due = try enqueue(pings(for: written), among: stored)
    var round = HubRound(knownTroubles: Set(stored.filter { $0.reply != nil }.map(\.ping.hub)))
    let end = clock().advanced(by: timeForAll)
    for waiting in due {
      if shouldStop() || clock() > end { break }
      round.settle(waiting, reply: round.silence[waiting.ping.hub] ?? tell(waiting.ping), clock())
    }
    if round.isChange { try store.updatePings(round.waiting, forgetting: round.settled) }
    return round.report
  }

  private func pings(for written: [String]) -> [HubPing] {
    let topics = written.filter(isSubscriptionDocument).map { site.feedsURL + $0 }
    return site.feeds.hubs.flatMap { hub in topics.map { HubPing(hub: hub, topic: $0) } }
  }

  /// Writes new pings down, each in the place of an older one, and forgets those of hubs that are
  /// no longer the site's.
  ///
  /// - Returns: what is due, the longest waiting first.
  private func enqueue(_ new: [HubPing], among stored: [WaitingPing]) throws -> [WaitingPing] {
    let now = clock()
    let renewed = Set(new)
    let others = stored.filter { !site.feeds.hubs.contains($0.ping.hub) }.map(\.ping)
    let added = new.map { WaitingPing(ping: $0, notBefore: now) }
    if !added.isEmpty || !others.isEmpty { try store.updatePings(added, forgetting: others) }
    let older = stored.filter { waiting in
      waiting.notBefore <= now && !renewed.contains(waiting.ping) && !others.contains(waiting.ping)
    }
    return older + added
  }
}

/// After this no other ping is begun; the last may take ``HubClient/patience`` more.
private let timeForAll = Interval(seconds: 20)

/// The feed of issues names no hub.
private func isSubscriptionDocument(_ path: String) -> Bool {
  path != WebEditionPlace.feed
    && FeedFormat.allCases.contains { path.split(separator: "/").last == $0.fileName[...] }
}
