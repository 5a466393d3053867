/// What came of telling the hubs.
package struct HubReport: Equatable, Sendable {
  /// How many pings the hubs took.
  package var told = 0
  /// The hubs that could not be told, in the order in which they were tried.
  package var troubles: [HubTrouble] = []

  package var isChange: Bool { told > 0 || !troubles.isEmpty }

  /// Adds a ping that failed.
  mutating func note(_ hub: String, _ reply: String, isGivenUp: Bool, isNews: Bool) {
    let index = troubles.firstIndex { $0.hub == hub } ?? troubles.count
    if index == troubles.count { troubles.append(HubTrouble(hub: hub, isNews: isNews)) }
    troubles[index].reply = reply
    if isGivenUp { troubles[index].givenUp += 1 } else { troubles[index].waiting += 1 }
  }
}

/// A hub that could not be told.
package struct HubTrouble: Equatable, Sendable, CustomStringConvertible {
  package var hub: String
  /// Why, with the hub's words or libcurl's.
  package var reply = ""
  /// The documents that it will be told of later.
  package var waiting = 0
  /// The documents that it will not be told of any more.
  package var givenUp = 0
  /// Whether this run is the first for which it failed.
  package var isNews: Bool

  /// What somebody should be told: a lasting failure when it begins, and what is lost by it.
  package var isWorthSaying: Bool { isNews || givenUp > 0 }

  package var description: String {
    let later = waiting > 0 ? "; later runs tell it of \(waiting) documents" : ""
    let never = givenUp > 0 ? "; given up after three days: \(givenUp) documents" : ""
    return "\(hub): the hub \(reply)\(later)\(never)"
  }
}
