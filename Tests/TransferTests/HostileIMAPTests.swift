import Model
import TestSupport
import Testing
import Transfer

/// Servers that take a login and then say what no server should.
@Suite struct HostileIMAPTests {
  private func mailbox(saying answer: String) throws -> (IMAPMailbox, ServerProcess) {
    let process = try ServerProcess("python3", ["-c", script, answer])
    let port = try #require(try process.readLine().flatMap { Int($0) })
    let server = IMAPServer(
      host: "127.0.0.1",
      port: port,
      security: .none,
      credentials: Relay.Credentials(user: "retour", password: Secret("mot")),
      mailbox: "INBOX"
    )
    return (try IMAPMailbox(on: server), process)
  }

  @Test(arguments: [
    "* 1 FETCH (BODY[] {-5}", "* 1 FETCH (BODY[] {99999999999999999999}", "* 1 FETCH {}",
    "* SEARCH -1 99999999999 x 4294967296", "* x", "",
  ])
  func `nonsense is no message`(answer: String) throws {
    let (mailbox, process) = try mailbox(saying: "\(answer)\r\nTAG OK\r\n")
    #expect(try mailbox.unseen() == [])
    #expect(try mailbox.message(1, atMost: 1000) == nil)
    process.stop()
  }

  @Test(arguments: [
    "* 1 FETCH (BODY[] {1000000000}\r\n", "TAG NO not now\r\n", "TAG BAD\r\n", "CLOSE",
    "ENDLESS LINE", "ENDLESS LINES",
  ])
  func `what can have no good end is an error`(answer: String) throws {
    let (mailbox, process) = try mailbox(saying: answer)
    #expect(throws: IMAPError.self) { try mailbox.message(1, atMost: 1000) }
    process.stop()
  }
}

private let script = """
  import socket, sys
  listener = socket.create_server(("127.0.0.1", 0))
  print(listener.getsockname()[1], flush=True)
  peer, _ = listener.accept()
  peer.sendall(b"* OK ready\\r\\n")
  try:
      for line in peer.makefile("rb"):
          tag, command = line.split(b" ", 1)
          if command.startswith(b"CAPABILITY"):
              peer.sendall(b"* CAPABILITY IMAP4rev1\\r\\n")
          if not command.startswith(b"UID"):
              peer.sendall(tag + b" OK done\\r\\n")
              continue
          answer = sys.argv[1].encode()
          if answer == b"CLOSE":
              break
          while answer.startswith(b"ENDLESS"):
              peer.sendall(b"* x" * 10000 + (b"\\r\\n" if answer.endswith(b"S") else b""))
          peer.sendall(answer.replace(b"TAG", tag))
  except OSError:
      pass
  """
