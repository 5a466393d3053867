/// Processor time a message, to a server that answers at once.
struct ProcessorComparison {
  let count: Int
  private static let rounds = 5

  func run() throws {
    print(
      "Processor time a message of 30 kB, beside the floor (medians of \(Self.rounds), in turn):"
    )
    for connections in [4, 16] {
      let senders = Sender.allCases.filter {
        $0.isThere && ($0.onlyConnections.map { _ in connections == 4 } ?? true)
      }
      var costs = senders.map { _ in [ProcessCost]() }
      for _ in 0..<Self.rounds {
        for (index, sender) in senders.enumerated() {
          let share = sender.isPython ? count / 10 : count
          costs[index].append(
            try sender.cost(connections: sender.onlyConnections ?? connections, count: share)
              .each(share)
          )
        }
      }
      report(connections, senders, costs.map(ProcessCost.median))
    }
  }

  private func report(_ connections: Int, _ senders: [Sender], _ costs: [ProcessCost]) {
    for (sender, cost) in zip(senders, costs) {
      let ratio = costs[0].wall / cost.wall
      print(
        "  \(connections) connections, \(sender.name): \(decimal(cost.cpu * 1e6, places: 1)) µs, "
          + "\(decimal(cost.cpu / costs[0].cpu)) ×; messages a second \(decimal(ratio)) × the floor’s"
      )
    }
  }
}

extension Sender {
  var isPython: Bool { self == .smtplib || self == .aiosmtplib }
}
