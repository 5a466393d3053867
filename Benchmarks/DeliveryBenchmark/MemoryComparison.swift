import Foundation

/// The whole program: an issue that is planned goes out; processor time and the most memory.
struct MemoryComparison {
  let feedgen: String
  let count: Int

  func run() throws {
    print("The whole program, from the store on disk to the server:")
    for (readers, connections) in [(count / 10, 4), (count, 4), (count, 64), (count, 256)] {
      let floor = try Sender.floor.cost(connections: 4, count: count).each(count)
      let cost = try deliver(readers, over: connections)
      print(
        "  \(readers) readers, \(connections) connections: "
          + "\(decimal(cost.cpu / Double(readers) * 1e6, places: 1)) µs a message, "
          + "\(decimal(cost.cpu / Double(readers) / floor.cpu)) × the floor; "
          + "\(decimal(cost.peak, places: 1)) MiB"
      )
    }
  }

  private func deliver(_ readers: Int, over connections: Int) throws -> ProcessCost {
    let site = NSTemporaryDirectory() + "feedgen-delivery-\(getpid())"
    try? FileManager.default.removeItem(atPath: site)
    defer { try? FileManager.default.removeItem(atPath: site) }
    try FileManager.default.createDirectory(atPath: site, withIntermediateDirectories: true)
    for name in ["feedgen.yaml", "articles"] {
      try FileManager.default.copyItem(atPath: name, toPath: "\(site)/\(name)")
    }
    let rows = (0..<readers).map { "l\($0)@courrier.example,2026-10-01,essai\n" }
    try ("email,consent_at,consent_source\n" + rows.joined())
      .write(toFile: "\(site)/readers.csv", atomically: false, encoding: .utf8)
    _ = try run(["subscribers", "import", "\(site)/readers.csv"], site)
    let sink = try Sink()
    let publish = [
      "publish", "--as-of", "2026-11-23T08:05:00+01:00",
      "--set", "mail.smtp=smtp://127.0.0.1:\(sink.port)",
      "--set", "mail.connections=\(connections)",
    ]
    // The first issue ever sent waits for a person: so planning is not measured.
    _ = try run(publish, site, mayEndWith: 75)
    _ = try run(["issues", "approve", "weekly/2026-11-23"], site)
    return try run(publish, site)
  }

  private func run(
    _ arguments: [String],
    _ site: String,
    mayEndWith status: Int32 = 0
  ) throws -> ProcessCost {
    try ProcessTimer.run([feedgen] + arguments + ["--site", site], mayEndWith: status)
  }
}
