import Delivering
import Foundation
import TestSupport
import Testing

@Suite struct OutboxTests {
  private let folder = TemporaryFolder()
  private var path: String { "\(folder.path)/outbox" }

  private func names(_ part: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "\(path)/\(part)").sorted()
  }

  private func write(_ text: String, to name: String) throws {
    try text.write(toFile: "\(path)/\(name)", atomically: false, encoding: .utf8)
  }

  @Test func `a message lies in new, byte by byte, for its owner alone`() throws {
    let message = Array("A: b\r\n\r\n.\r\né\r\n".utf8)
    let name = try Outbox(folder: path).write(
      message: message,
      name: "1.weekly-2026-11-23-7.feedgen"
    )
    #expect(name == "1.weekly-2026-11-23-7.feedgen")
    #expect(try names("new") == [name])
    #expect(try names("tmp") == [])
    let bytes = try [UInt8](Data(contentsOf: URL(filePath: "\(path)/new/\(name)")))
    #expect(bytes == message)
    let modes = try ["", "cur", "new", "tmp", "new/\(name)"].map { part in
      try FileManager.default.attributesOfItem(atPath: "\(path)/\(part)")[.posixPermissions] as? Int
    }
    #expect(modes == [0o700, 0o700, 0o700, 0o700, 0o600])
  }

  @Test func `a mail client reads it`() throws {
    try Outbox(folder: path).write(message: Array("Subject: é\r\n\r\nb\r\n".utf8), name: "1.a.b")
    let program =
      "import mailbox,sys; print([m.get_payload() for m in mailbox.Maildir(sys.argv[1])])"
    let (_, output) = try runProgram("python3", ["-c", program, path])
    #expect(output == "['b\\n']\n")
  }

  @Test func `the same name again replaces, also after a crash in the middle`() throws {
    let outbox = try Outbox(folder: path)
    try outbox.write(message: Array("one".utf8), name: "a")
    try write("half a mess", to: "tmp/a")
    try Outbox(folder: path).write(message: Array("two".utf8), name: "a")
    #expect(try names("new") == ["a"])
    #expect(try names("tmp") == [])
    #expect(try String(contentsOfFile: "\(path)/new/a", encoding: .utf8) == "two")
  }

  @Test(arguments: [
    ("../../etc/passwd", "..-..-etc-passwd"), ("a:2,S", "a-2-S"), ("a/b\0c", "a-b-c"),
  ])
  func `a name stays in the folder`(name: String, written: String) throws {
    let found = try Outbox(folder: path).write(message: [97], name: name)
    #expect(found == written)
    #expect(try names("new") == [written])
  }

  @Test func `a folder of something else is left alone`() throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try write("mine", to: "thesis.txt")
    #expect(throws: OutboxError.notMaildir(path: path)) { _ = try Outbox(folder: path) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: path) == ["thesis.txt"])
  }

  @Test func `a Maildir that a client has added to is taken`() throws {
    _ = try Outbox(folder: path)
    try write("", to: "dovecot.index")
    _ = try Outbox(folder: path)
  }

  @Test func `a Maildir that was made by half is completed`() throws {
    try FileManager.default.createDirectory(
      atPath: "\(path)/cur",
      withIntermediateDirectories: true
    )
    try Outbox(folder: path).write(message: [97], name: "a")
    #expect(try names("new") == ["a"])
  }

  @Test func `a folder in a file cannot be made`() throws {
    #expect(throws: OutboxError.self) { _ = try Outbox(folder: "/dev/null/outbox") }
    #expect(throws: OutboxError.self) { _ = try Outbox(folder: "\(path)/not/there") }
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/sys/kernel"), "no /sys is mounted"))
  func `a folder that is not ours to write is called that`() throws {
    let error = #expect(throws: OutboxError.self) { _ = try Outbox(folder: "/sys/feedgen-outbox") }
    guard case .notPermitted(let path, _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(path == "/sys/feedgen-outbox")
  }

  @Test func `a link in the place of a draft is not followed`() throws {
    let outbox = try Outbox(folder: path)
    let target = "\(folder.path)/mine"
    try "mine".write(toFile: target, atomically: false, encoding: .utf8)
    try FileManager.default.createSymbolicLink(
      atPath: "\(path)/tmp/a",
      withDestinationPath: target
    )
    #expect(throws: OutboxError.self) { try outbox.write(message: [97], name: "a") }
    #expect(try String(contentsOfFile: target, encoding: .utf8) == "mine")
  }

  /// A disk of 32 kB, which only root may make.
  @Test func `a full disk is called that, and leaves nothing behind`() throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    let mounted = try runProgram("mount", ["-t", "tmpfs", "-o", "size=32k", "tmpfs", path])
    guard mounted.status == 0 else {
      Issue.record("skipped: no file system can be mounted here", severity: .warning)
      return
    }
    defer { _ = try? runProgram("umount", [path]) }
    let outbox = try Outbox(folder: path)
    try outbox.write(message: [97], name: "small")
    #expect(throws: OutboxError.full(path: "\(path)/tmp/large")) {
      try outbox.write(message: [UInt8](repeating: 97, count: 100_000), name: "large")
    }
    #expect(try names("new") == ["small"])
    #expect(try names("tmp") == [])
  }
}
