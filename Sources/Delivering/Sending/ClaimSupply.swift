package import Model
package import Store
import Synchronization

/// Brings messages to the thread that sends, and takes outcomes from it.
///
/// Claiming, composing and signing are done beside that thread, by jobs that never wait for it; it
/// never waits for them. One exchange with the queue is under way at a time. As few messages are
/// made ahead as keep every connection busy, so that memory does not grow with the recipients.
package final class ClaimSupply<Message: Sendable>: Sendable {
  /// What is next to be sent.
  package struct Item: Sendable {
    package var claim: Claim
    package var message: Result<Message, Uncomposable>
  }

  /// What is done beside the thread that sends.
  package struct Work: Sendable {
    /// Settles and claims; see ``DeliveryQueue``.
    package var exchange: @Sendable ([Settlement], _ wanting: Int) throws -> [Claim]
    package var prepare: @Sendable (Claim) throws(Uncomposable) -> Message
    /// Runs a job on another thread, at once or later.
    package var start: @Sendable (@escaping @Sendable () -> Void) -> Void
    /// Tells the sending thread that something has been done.
    package var wake: @Sendable () -> Void

    package init(
      exchange: @escaping @Sendable ([Settlement], _ wanting: Int) throws -> [Claim],
      prepare: @escaping @Sendable (Claim) throws(Uncomposable) -> Message,
      start: @escaping @Sendable (@escaping @Sendable () -> Void) -> Void,
      wake: @escaping @Sendable () -> Void
    ) {
      self.exchange = exchange
      self.prepare = prepare
      self.start = start
      self.wake = wake
    }
  }

  private struct State {
    var claims: ArraySlice<Claim> = []
    /// No slice, which would hold on to the messages that were taken from it.
    var items: [Item] = []
    /// Claims that are being prepared.
    var inWork = 0
    var workers = 0
    var isExchanging = false
    /// Whether the queue gave as many as it was asked for.
    var mayHaveMore = true
    var isStopped = false
    var failure: (any Error)?
  }

  private let work: Work
  private let mostItems: Int
  private let mostWorkers: Int
  private let state = Mutex(State())

  /// - Parameters:
  ///   - mostItems: the messages that are made ahead.
  ///   - mostWorkers: the threads that make them.
  package init(work: Work, mostItems: Int, mostWorkers: Int) {
    self.work = work
    self.mostItems = mostItems
    self.mostWorkers = mostWorkers
  }

  /// The next message that is ready.
  package func next() -> Item? {
    defer { refill() }
    return state.withLock { state in
      state.isStopped || state.items.isEmpty ? nil : state.items.removeFirst()
    }
  }

  /// Takes back a claim whose message is to be made once more.
  package func putBack(_ claim: Claim) {
    state.withLock { $0.claims.insert(claim, at: $0.claims.startIndex) }
    refill()
  }

  /// Makes no more messages, and gives back the claims of those that nobody has begun to send.
  package func stop() -> [Claim] {
    state.withLock { state in
      state.isStopped = true
      state.mayHaveMore = false
      defer { (state.claims, state.items) = ([], []) }
      return state.items.map(\.claim) + state.claims
    }
  }

  /// The messages that are claimed and that nobody has begun to send.
  package var waiting: Int {
    state.withLock { $0.claims.count + $0.items.count + $0.inWork }
  }

  package var isExchanging: Bool { state.withLock { $0.isExchanging } }

  /// Whether any job uses the queue, or makes a message.
  package var isWorking: Bool { state.withLock { $0.isExchanging || $0.inWork > 0 } }

  /// Whether the queue may have more than was claimed.
  package var mayHaveMore: Bool { state.withLock { $0.mayHaveMore } }

  /// What has made an exchange fail; then there are no more of them.
  package var failure: (any Error)? { state.withLock { $0.failure } }

  /// Begins to settle and claim; no exchange may be under way.
  package func exchange(_ settled: [Settlement], wanting: Int) {
    state.withLock { $0.isExchanging = true }
    work.start { [self] in
      let result = Result { try work.exchange(settled, wanting) }
      finishExchange(result, wanting)
      refill()
      work.wake()
    }
  }

  private func finishExchange(_ result: Result<[Claim], any Error>, _ wanting: Int) {
    state.withLock { state in
      state.isExchanging = false
      switch result {
      case .success(let claims):
        if wanting > 0 { state.mayHaveMore = claims.count == wanting }
        state.claims += claims
      case .failure(let error):
        state.failure = error
        state.mayHaveMore = false
      }
    }
  }

  /// Starts as many workers as there is work for, once half of what may lie ready has gone: a
  /// worker that is started for each message costs more than the message.
  private func refill() {
    let count = state.withLock { state in
      guard room(state) * 2 >= mostItems else { return 0 }
      let count = max(0, min(room(state), state.claims.count, mostWorkers) - state.workers)
      state.workers += count
      return count
    }
    for _ in 0..<count {
      work.start { [self] in
        while let claim = takeClaim() {
          put(
            Item(
              claim: claim,
              message: Result { () throws(Uncomposable) in try work.prepare(claim) }
            )
          )
        }
      }
    }
  }

  private func room(_ state: borrowing State) -> Int {
    state.isStopped ? 0 : mostItems - state.items.count - state.inWork
  }

  private func takeClaim() -> Claim? {
    state.withLock { state in
      guard room(state) > 0, let claim = state.claims.popFirst() else {
        state.workers -= 1
        return nil
      }
      state.inWork += 1
      return claim
    }
  }

  private func put(_ item: Item) {
    let isFirst = state.withLock { state in
      state.inWork -= 1
      state.items.append(item)
      return state.items.count == 1
    }
    // The sending thread waits for an item only where there is none.
    if isFirst { work.wake() }
  }
}

/// A message that cannot be made, or not sent as it is; the reply says why.
package struct Uncomposable: Error {
  package var reply: SMTPReply

  package init(_ reason: String) {
    reply = .local(554, "5.6.0 \(reason)")
  }
}
