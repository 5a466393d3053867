import Dispatch
import Model
import Store

/// Hands what the supply brings to a transport.
struct TransportDelivery {
  /// What one exchange settles and claims.
  private static let batch = 50

  let transport: any Transport
  let supply: ClaimSupply<[UInt8]>
  /// Rung by the supply when it has done something.
  let bell: DispatchSemaphore
  let watch: Deliverer.Watch
  let settlement: (Claim, DeliveryOutcome) -> Settlement

  func run() throws -> DeliveryReport {
    var report = DeliveryReport()
    var settled: [Settlement] = []
    while true {
      if report.end == .finished, watch.shouldStop() { report.end = .stopped }
      if report.end == .finished, watch.isOnHold() { report.end = .onHold }
      if report.end != .finished { settled += supply.stop().map(\.untouched) }
      if let item = supply.next() {
        settled.append(write(item, &report))
        watch.progress(report)
      } else if supply.isExchanging || supply.waiting > 0 {
        bell.wait()
      } else if let failure = supply.failure {
        throw failure
      } else if !settled.isEmpty || supply.mayHaveMore {
        supply.exchange(settled, wanting: supply.mayHaveMore ? Self.batch : 0)
        settled = []
      } else {
        return report
      }
    }
  }

  private func write(
    _ item: ClaimSupply<[UInt8]>.Item,
    _ report: inout DeliveryReport
  ) -> Settlement {
    let outcome = send(item, &report)
    report.record(outcome, for: item.claim.recipient.address)
    return settlement(item.claim, outcome)
  }

  private func send(
    _ item: ClaimSupply<[UInt8]>.Item,
    _ report: inout DeliveryReport
  ) -> DeliveryOutcome {
    switch item.message {
    case .failure(let error): return .rejected(error.reply)
    case .success(let message):
      do throws(RelayError) {
        return try transport.send(message, of: item.claim)
      } catch {
        report.end = .failed(error)
        return .untouched
      }
    }
  }
}

extension Claim {
  /// A settlement that puts it back as it was.
  var untouched: Settlement { Settlement(delivery: delivery, outcome: .untouched) }

  /// A name for the delivery's message, in the form of a Maildir's: the same on every try.
  package var messageName: String {
    guard case .edition(let edition) = content else {
      return "\(date.seconds).\(delivery).feedgen"
    }
    let name = edition.name
    return "\(date.seconds).\(name.digest)-\(name.date)-\(delivery).feedgen"
  }
}
