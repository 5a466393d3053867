import Foundation

/// Something that sends messages of 30 kB to a port of this machine.
enum Sender: CaseIterable {
  case floor, engine, smtpSource, smtplib, aiosmtplib

  var name: String {
    switch self {
    case .floor: "C, pipelined: the floor"
    case .engine: "feedgen’s engine"
    case .smtpSource: "Postfix’s smtp-source"
    case .smtplib: "Python’s smtplib, 1 connection"
    case .aiosmtplib: "aiosmtplib"
    }
  }

  /// The connections it is compared with; nil for any number.
  var onlyConnections: Int? { self == .smtplib ? 1 : nil }

  func arguments(port: Int, connections: Int, count: Int) -> [String] {
    let numbers = ["\(port)", "\(connections)", "\(count)"]
    return switch self {
    case .floor: [program("delivery-floor")] + numbers + ["30100"]
    case .engine: ["/proc/self/exe", "--engine"] + numbers
    case .smtpSource:
      ["smtp-source", "-d", "-s", "\(connections)", "-m", "\(count)", "-l", "30100"]
        + ["-f", "lettre@example.org", "-t", "l@example.org", "127.0.0.1:\(port)"]
    case .smtplib, .aiosmtplib:
      ["python3", "Benchmarks/DeliveryBenchmark/senders.py", "\(self)"] + numbers
    }
  }

  /// Whether it can be run here.
  var isThere: Bool {
    switch self {
    case .floor, .engine, .smtplib: true
    case .smtpSource: succeeds(["sh", "-c", "command -v smtp-source"])
    case .aiosmtplib: succeeds(["python3", "-c", "import aiosmtplib"])
    }
  }

  private func succeeds(_ words: [String]) -> Bool { (try? ProcessTimer.run(words)) != nil }

  /// What it costs to send to a sink.
  func cost(delay: Int = 0, connections: Int, count: Int) throws -> ProcessCost {
    let sink = try Sink(delay: delay)
    return try ProcessTimer.run(arguments(port: sink.port, connections: connections, count: count))
  }
}
