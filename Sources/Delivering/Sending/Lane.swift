import Model
import Transfer

/// A connection with the dialogue over it.
final class Lane<Connection: MailConnection> {
  let connection: Connection
  /// When it was asked for.
  let begun: ContinuousClock.Instant
  var dialogue: SMTPDialogue
  /// The delivery whose message's end was last noted to be on its way.
  var marked: Int64?
  /// Whether a message has come to something over it.
  var isProven = false
  private var deadline: ContinuousClock.Instant?
  private var progress = 0

  init(_ connection: Connection, _ dialogue: SMTPDialogue, begun: ContinuousClock.Instant) {
    self.connection = connection
    self.dialogue = dialogue
    self.begun = begun
  }

  var isOpen: Bool { connection.state == .open && !dialogue.isClosed }

  /// Whether nothing is asked of it and nothing awaited.
  var isIdle: Bool { isOpen && dialogue.isIdle }

  /// When to give up waiting.
  ///
  /// The time is the whole reply's, not each packet's: it begins anew when something was achieved.
  func deadline(_ now: ContinuousClock.Instant) -> ContinuousClock.Instant? {
    guard !dialogue.isIdle else {
      deadline = nil
      return nil
    }
    if deadline == nil || progress != dialogue.progress {
      progress = dialogue.progress
      deadline = now + .seconds(dialogue.timeout.seconds)
    }
    return deadline
  }

  /// Brings what the server says.
  func receive(into buffer: inout [UInt8]) {
    do throws(SMTPConnectionError) {
      while !dialogue.isClosed {
        switch try connection.receive(into: &buffer) {
        case .bytes(let count): dialogue.receive(buffer.span.extracting(first: count))
        case .nothing: return
        case .end: dialogue.lose("the server has closed the connection")
        }
      }
    } catch {
      dialogue.lose(error.detail)
    }
  }

  /// Hands over what is to be said.
  ///
  /// - Returns: whether anything went.
  func send() -> Bool {
    do throws(SMTPConnectionError) {
      let count = try connection.send(dialogue.output.span)
      dialogue.sent(count)
      return count > 0
    } catch {
      dialogue.lose(error.detail)
      return false
    }
  }
}
