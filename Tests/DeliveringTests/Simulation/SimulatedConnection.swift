import Delivering
import Foundation
import Model
import Transfer

/// A connection to a relay that takes its time, refuses, and goes away.
final class SimulatedConnection: MailConnection {
  private let world: SimulatedWorld
  private var server: SimulatedServer
  private var opens: ContinuousClock.Instant
  private var arriving: [(at: ContinuousClock.Instant, bytes: [UInt8])] = []
  private var isLost = false
  private var isFull = false
  private var isClosed = false
  private let isUnreachable: Bool

  init(_ world: SimulatedWorld) {
    self.world = world
    server = SimulatedServer(offersPipelining: world.weather.offersPipelining)
    opens = world.now + .milliseconds(world.number(below: 30))
    isUnreachable = world.chance(world.weather.losses)
  }

  var state: SMTPConnection.State {
    if isClosed { return .closed }
    guard world.now >= opens || world.hasCrashed else { return .connecting }
    guard isUnreachable || world.hasCrashed else { return .open }
    return .failed(SMTPConnectionError(kind: .unreachable, server: "relay", detail: "refused"))
  }

  var isReady: Bool {
    isLost || isFull || arriving.first.map { $0.at <= world.now } ?? false
  }

  /// When something happens here next.
  var nextEvent: ContinuousClock.Instant? {
    state == .connecting ? opens : arriving.first?.at
  }

  func send(_ bytes: Span<UInt8>) throws(SMTPConnectionError) -> Int {
    guard !isLost else { throw lost }
    isFull = world.chance(10)
    let count = isFull ? world.number(below: bytes.count) : bytes.count
    world.act { hear(bytes.extracting(first: count)) }
    return count
  }

  func receive(
    into buffer: inout [UInt8]
  ) throws(SMTPConnectionError) -> SMTPConnection.Received {
    if world.hasCrashed { throw lost }
    guard let first = arriving.first, first.at <= world.now else { return isLost ? .end : .nothing }
    let count = min(first.bytes.count, world.chance(20) ? 3 : buffer.count)
    world.act {}
    for index in 0..<count { buffer[index] = first.bytes[index] }
    arriving[0].bytes.removeFirst(count)
    if arriving[0].bytes.isEmpty { arriving.removeFirst() }
    return .bytes(count)
  }

  func close() { isClosed = true }

  private var lost: SMTPConnectionError {
    SMTPConnectionError(kind: .lost, server: "relay", detail: "reset")
  }

  private func hear(_ bytes: Span<UInt8>) {
    for reply in server.take(bytes, in: world) {
      switch reply {
      case .say(let text):
        let delay = world.number(below: world.chance(world.weather.stalls) ? 9000 : 20)
        let last = arriving.last?.at ?? world.now
        let time = max(last, world.now + .milliseconds(delay))
        arriving.append((time, Array((text + "\r\n").utf8)))
      case .leave: isLost = true
      }
    }
  }
}

/// The relay's side: keeps to RFC 5321 and 2920, and to the weather.
struct SimulatedServer {
  enum Reply {
    case say(String)
    case leave
  }

  private let offersPipelining: Bool
  private var input: [UInt8] = []
  private var isInMessage = false
  private var hasSender = false
  private var hasRecipient = false
  private var isGone = false

  init(offersPipelining: Bool) {
    self.offersPipelining = offersPipelining
  }

  mutating func take(_ bytes: Span<UInt8>, in world: SimulatedWorld) -> [Reply] {
    for index in bytes.indices { input.append(bytes[index]) }
    var replies: [Reply] = []
    var commands = 0
    while !isGone, let reply = isInMessage ? message(world) : command(world) {
      replies += reply
      commands += 1
      isGone = reply.contains { if case .leave = $0 { true } else { false } }
    }
    if !offersPipelining, commands > 1 { world.object("two commands at once: \(replies)") }
    return replies
  }

  private mutating func line() -> String? {
    guard let end = input.firstIndex(of: 10) else { return nil }
    defer { input.removeFirst(end + 1) }
    return String(decoding: input[..<end].dropLast(), as: UTF8.self)
  }

  private mutating func command(_ world: SimulatedWorld) -> [Reply]? {
    guard let line = line() else { return nil }
    let word = line.prefix(4)
    if word == "QUIT" { return [.say("221 bye"), .leave] }
    if word == "EHLO" {
      return [.say(offersPipelining ? "250-relay\r\n250 PIPELINING" : "250 relay")]
    }
    if world.chance(world.weather.losses) {
      return world.chance(50) ? [.leave] : [.say("421 4.3.2 closing"), .leave]
    }
    return [.say(reply(to: String(word), line, world))]
  }

  private mutating func reply(to word: String, _ line: String, _ world: SimulatedWorld) -> String {
    let isRefused = word != "RSET" && word != "MAIL" && world.chance(world.weather.refusals)
    let refusal = world.chance(50) ? "451 4.7.1 later" : "550 5.1.1 nobody"
    switch word {
    case "RSET": (hasSender, hasRecipient) = (false, false)
    case "MAIL":
      guard !hasSender else { return "503 5.5.1 nested MAIL" }
      hasSender = true
    case "RCPT":
      guard hasSender, !isRefused else { return hasSender ? refusal : "503 5.5.1 MAIL first" }
      hasRecipient = true
    case "DATA":
      guard hasRecipient || world.chance(20) && hasSender else { return "503 5.5.1 RCPT first" }
      guard !isRefused else { return refusal }
      isInMessage = true
      return "354 go"
    default:
      world.object("what is “\(line)”?")
      return "500 5.5.2 what?"
    }
    return "250 2.0.0 ok"
  }

  private mutating func message(_ world: SimulatedWorld) -> [Reply]? {
    let text = String(decoding: input, as: UTF8.self)
    guard text.hasPrefix(".\r\n") || text.contains("\r\n.\r\n") else { return nil }
    let body = text.hasPrefix(".\r\n") ? "" : text.components(separatedBy: "\r\n.\r\n")[0]
    input.removeFirst(body.utf8.count + (body.isEmpty ? 3 : 5))
    defer { (isInMessage, hasSender, hasRecipient) = (false, false, false) }
    guard hasRecipient else {
      if !body.isEmpty { world.object("a message for nobody") }
      return [.say("554 5.5.1 no valid recipients")]
    }
    return fate(of: Int64(body.dropFirst("Subject: ".count).prefix { $0.isNumber }) ?? 0, world)
  }

  private func fate(of message: Int64, _ world: SimulatedWorld) -> [Reply] {
    let isLost = world.chance(world.weather.losses)
    if isLost, world.chance(50) { return world.chance(50) ? [.leave] : [.say("421 no"), .leave] }
    if world.chance(world.weather.refusals) {
      return [.say(world.chance(50) ? "452 4.2.2 full" : "554 5.6.0 no")]
    }
    world.take(message)
    return isLost ? [.leave] : [.say("250 2.0.0 queued")]
  }
}
