/// Messages a second to a server that answers after 20 ms, beside connections ÷ round-trip time.
struct DelayComparison {
  private static let delay = 20
  /// How long a sender at the limit would take.
  private static let seconds = 3.0

  func run() throws {
    print("Messages a second with \(Self.delay) ms before each reply, beside connections ÷ that:")
    for connections in [1, 4, 16, 64, 256] {
      let limit = Double(connections * 1000 / Self.delay)
      let parts = try [Sender.floor, .engine, .smtpSource, .aiosmtplib].filter(\.isThere)
        .map { sender in
          // Who needs four round trips a message gets a quarter of them.
          let count = Int(limit * Self.seconds) / (sender == .floor || sender == .engine ? 1 : 4)
          let cost = try sender.cost(delay: Self.delay, connections: connections, count: count)
          return "\(sender.name) \(decimal(Double(count) / cost.wall / limit))"
        }
      print("  \(connections) connections: \(parts.joined(separator: ", "))")
    }
  }
}
