import Dispatch
import Model
import Store
import Synchronization

/// Where the store is asked, one question at a time, so that no thread that serves connections
/// waits for the disk.
///
/// Those who leave at the same moment share a transaction: each gets an answer when it is on the
/// disk, and a storm of them takes no longer than a few.
final class StoreQueue: Sendable {
  typealias Storage = ReaderSettings.Storage
  private typealias Leaver = (subscriber: Int64, done: CheckedContinuation<Void, any Error>)

  private static let mostAtOnce = 500

  private let store: Storage
  private let now: @Sendable () -> Instant
  private let queue = DispatchQueue(label: "feedgen.store")
  private let leavers = Mutex<[Leaver]>([])

  init(_ store: Storage, now: @escaping @Sendable () -> Instant) {
    self.store = store
    self.now = now
  }

  func ask<Answer: Sendable>(
    _ question: @escaping @Sendable (Storage) throws -> Answer
  ) async throws -> Answer {
    try await withCheckedThrowingContinuation { answer in
      queue.async { [store] in answer.resume(with: Result { try question(store) }) }
    }
  }

  /// Takes a subscriber off all digests; it is durable when this returns.
  func leave(_ subscriber: Int64) async throws {
    try await withCheckedThrowingContinuation { done in
      let isFirst = leavers.withLock { leavers in
        leavers.append((subscriber, done))
        return leavers.count == 1
      }
      if isFirst { queue.async { self.settleLeavers() } }
    }
  }

  private func settleLeavers() {
    var batch: [Leaver] = leavers.withLock { leavers in
      defer { leavers = [] }
      return leavers
    }
    while !batch.isEmpty {
      let part = batch.prefix(Self.mostAtOnce)
      let result = Result { try store.leave(part.map(\.subscriber), asOf: now()) }
      for leaver in part { leaver.done.resume(with: result) }
      batch.removeFirst(part.count)
    }
  }
}
