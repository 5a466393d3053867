/// Fetches that wait for their turn, one of each host at a time.
///
/// A host that has been asked is asked again at once, while its connection is open.
struct HostQueue {
  /// By host; the last is the next.
  private var waiting: [String: [FetchTrail]] = [:]
  /// The hosts that something waits for and that are not busy; the last is the next.
  private var ready: [String] = []
  private var busy: Set<String> = []

  var isEmpty: Bool { waiting.isEmpty }

  /// Puts a fetch at the head of those for its host.
  mutating func add(_ trail: FetchTrail) {
    let host = trail.address.host
    if waiting[host] == nil, !busy.contains(host) { ready.append(host) }
    waiting[host, default: []].append(trail)
  }

  /// Takes the next fetch whose host is not busy; it is from now on.
  mutating func next() -> FetchTrail? {
    guard let host = ready.popLast(), let trail = waiting[host]?.popLast() else { return nil }
    if waiting[host]?.isEmpty == true { waiting[host] = nil }
    busy.insert(host)
    return trail
  }

  /// Lets the next fetch have the host.
  mutating func release(_ host: String) {
    busy.remove(host)
    if waiting[host] != nil { ready.append(host) }
  }

  mutating func removeAll() -> [FetchTrail] {
    defer { self = HostQueue() }
    return waiting.values.flatMap { $0.reversed() }
  }
}
