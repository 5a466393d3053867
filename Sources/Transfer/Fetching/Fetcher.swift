internal import CCurl
package import Model

/// Fetches documents of strangers by HTTP, many at a time.
///
/// Nothing that a server says leads where it must not: every step of a redirect is a request of its
/// own that is checked anew, and the address is checked when a socket is connected to it, so that
/// neither spellings nor the DNS get round it. No proxy, cookie, password or file of the user's
/// home has a part in it. Connections are kept from one call to the next.
package final class Fetcher {
  /// What an answer may cost.
  package struct Limits: Sendable {
    /// The bytes of a body, both as it comes and decoded.
    package var body = 10_000_000
    /// The bytes of all header lines of one answer.
    package var header = 65_536
    package var connecting = Interval(seconds: 10)
    /// From the first connection to the last byte, redirects included.
    package var total = Interval(seconds: 60)
    /// The bytes per second below which a server is not waited for longer than `patience`.
    package var slowest = 100
    package var patience = Interval(seconds: 15)
    package var redirects = 5
    /// How many are fetched at a time.
    package var parallel = 16
    package var ports: Set<Int> = [80, 443, 8080, 8443]

    package init() {}
  }

  private struct Running {
    var handle: FetchHandle
    var trail: FetchTrail
    var begun = ContinuousClock.now
  }

  /// How long a wish to stop may go unnoticed.
  private static let longestWait: Int32 = 200

  private let limits: Limits
  private let reach: Reach
  private let multi = CurlMulti()
  private var idle: [FetchHandle]
  private var running: [Running] = []
  private var queue = HostQueue()
  private var isFetching = false

  /// - Parameters:
  ///   - limits: what each answer may cost.
  ///   - agent: what the program calls itself: `feedgen/1.0 (+https://example.org/)`.
  ///   - allowed: hosts that may be reached although their address is private or their port unusual.
  ///     They are reached by requests for them and by each other's redirects, not by a stranger's.
  ///   - authorities: a PEM file with the certificates to trust, instead of the system's.
  package init(
    limits: Limits = Limits(),
    as agent: String,
    allowing allowed: [AllowedHost] = [],
    trusting authorities: String? = nil
  ) {
    self.limits = limits
    reach = Reach(allowed: Set(allowed), ports: limits.ports)
    idle = (0..<limits.parallel).map { _ in
      FetchHandle(limits: limits, agent: agent, trusting: authorities)
    }
  }

  /// Fetches documents, several at a time but only one of a host.
  ///
  /// - Parameters:
  ///   - shouldStop: asked five times a second at least; once it says so, what has not ended fails.
  ///   - each: told of each request, by its place, when it has ended; the others wait meanwhile.
  ///     It must not fetch by the same fetcher.
  package func fetch(
    _ requests: [FetchRequest],
    shouldStop: () -> Bool = { false },
    each: (Int, Result<Fetched, HTTPError>) -> Void
  ) {
    precondition(!isFetching, "fetching has not ended")
    isFetching = true
    defer { isFetching = false }
    for (index, request) in requests.enumerated().reversed() {
      do throws(HTTPError) {
        queue.add(try trail(index, request))
      } catch {
        each(index, .failure(error))
      }
    }
    while !(queue.isEmpty && running.isEmpty) {
      guard !shouldStop() else { return stop(each) }
      startNext()
      let ended = takeEnded()
      for (run, code) in ended { finish(run, code, each) }
      if ended.isEmpty { multi.wait(milliseconds: Self.longestWait) }
    }
  }

  private func trail(_ index: Int, _ request: FetchRequest) throws(HTTPError) -> FetchTrail {
    let address = try FetchAddress(request.address)
    try reach.check(address)
    return FetchTrail(index, request, at: address)
  }

  private func startNext() {
    while !idle.isEmpty, let trail = queue.next(), let handle = idle.popLast() {
      handle.prepare(for: trail, within: reach)
      multi.add(handle.curl)
      running.append(Running(handle: handle, trail: trail))
    }
  }

  private func takeEnded() -> [(Running, CURLcode)] {
    var ended: [(Running, CURLcode)] = []
    multi.perform { isHandle, code in
      guard let place = running.firstIndex(where: { isHandle($0.handle.curl) }) else { return }
      ended.append((running.remove(at: place), code))
    }
    return ended
  }

  private func finish(
    _ run: Running,
    _ code: CURLcode,
    _ each: (Int, Result<Fetched, HTTPError>) -> Void
  ) {
    var trail = run.trail
    trail.spent += ContinuousClock.now - run.begun
    retire(run.handle)
    queue.release(trail.address.host)
    defer { run.handle.curl.forgetReplies() }
    do throws(HTTPError) {
      try run.handle.check(code)
      guard let location = run.handle.location
      else { return each(trail.index, .success(run.handle.fetched(by: trail))) }
      try trail.follow(location, status: run.handle.curl.status, atMost: limits.redirects)
      try reach.check(trail.address)
      queue.add(trail)
    } catch {
      each(trail.index, .failure(trail.placed(error)))
    }
  }

  private func retire(_ handle: FetchHandle) {
    multi.remove(handle.curl)
    idle.append(handle)
  }

  private func stop(_ each: (Int, Result<Fetched, HTTPError>) -> Void) {
    for run in running {
      retire(run.handle)
      run.handle.curl.forgetReplies()
    }
    let left = running.map(\.trail) + queue.removeAll()
    running = []
    for trail in left { each(trail.index, .failure(.init(kind: .stopped, detail: "stopped"))) }
  }
}
