import Delivering
import Transfer

/// Connections of which the world decides what becomes.
final class SimulatedNetwork: MailNetwork {
  private let world: SimulatedWorld
  private var connections: [SimulatedConnection] = []
  private(set) var most = 0

  init(_ world: SimulatedWorld) {
    self.world = world
  }

  var now: ContinuousClock.Instant { world.now }

  func connect() -> SimulatedConnection {
    world.act {}
    let connection = SimulatedConnection(world)
    connections.removeAll { $0.state == .closed }
    connections.append(connection)
    most = max(most, connections.count)
    return connection
  }

  func wait(for connections: [SimulatedConnection], milliseconds: Int32) {
    world.runSomeJobs()
    guard !connections.contains(where: \.isReady) else { return }
    let limit = world.now + .milliseconds(Int64(milliseconds))
    let next = self.connections.compactMap(\.nextEvent).filter { $0 > world.now }.min()
    world.pass(min(limit, next ?? limit) - world.now)
  }
}
