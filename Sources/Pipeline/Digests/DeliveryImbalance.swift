import Model

/// The store's deliveries do not add up, which no input can explain.
package struct DeliveryImbalance: Error, CustomStringConvertible {
  /// Those with more or fewer deliveries than were planned.
  var issues: [IssueName]
  /// Whether the run has left deliveries claimed.
  var hasClaims: Bool

  package var description: String {
    let counts = issues.map { "\($0) has another number of deliveries than were planned" }
    let claims = hasClaims ? ["the run has left deliveries claimed"] : []
    return (counts + claims).joined(separator: "; ")
      + ": this is a fault of feedgen; run “feedgen check”, keep the store, and report it"
  }
}
