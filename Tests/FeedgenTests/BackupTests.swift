import Foundation
import Glibc
import TestSupport
import Testing

/// `feedgen backup` and `feedgen restore`, on the built program.
@Suite struct BackupTests {
  let site: SampleSite

  init() throws {
    site = try SampleSite()
    try site.addSubscribers(3)
    try #require(try site.publish().status == 0)
  }

  @Test func `a backup has all that cannot be made again, for its owner only`() throws {
    let path = try backup()
    let files = try filesBelow(path).keys.sorted()
    #expect(
      files == [
        "feedgen-backup.json", "feedgen.db", "feedgen.yaml", "keys/message.key", "keys/token-1.key",
      ]
    )
    for file in files { #expect(mode("\(path)/\(file)") == 0o600) }
    #expect(mode("\(path)/keys") == 0o700)
    #expect(mode(path) == 0o700)
    #expect(path.hasPrefix(site.folder.file("backups/feedgen-")))
    #expect(try contents("backups").allSatisfy { !$0.hasPrefix(".") }, "no draft is left")
  }

  /// The store, wiped and restored, tells the same of everything.
  @Test func `what was backed up comes back, every byte that is exported`() throws {
    let before = try exports()
    let path = try backup()
    let keys = try site.contents(of: "keys")
    try wipe()
    let result = try site.run(["restore", path])
    #expect(result.status == 0, "\(result.errors)")
    #expect(try exports() == before)
    #expect(try site.contents(of: "keys") == keys)
    #expect(try site.integrity() == "ok\n")
    #expect(try site.folder.names().allSatisfy { !$0.contains(".feedgen-restore") })
  }

  @Test func `a site is made again where nothing is left of it`() throws {
    let path = try backup()
    let new = TemporaryFolder()
    let result = try site.program.run(["restore", path, "--site", new.file("a/site")])
    #expect(result.status == 0, "\(result.errors)")
    let list = ["subscribers", "list", "--site", new.file("a/site")]
    #expect(try site.program.run(list).output == site.run(["subscribers", "list"]).output)
  }

  @Test func `the newest are kept, and what is not ours is left alone`() throws {
    let other = try SampleSite()
    try other.folder.write(
      other.folder.read("feedgen.yaml").replacing("tag:veille", with: "tag:autre"),
      to: "feedgen.yaml"
    )
    try #require(try other.run(["import"]).status == 0)
    let shelf = site.folder.file("backups")
    try #require(try other.run(["backup", shelf]).status == 0)
    try site.folder.write("mine", to: "backups/feedgen-mine/note")
    for _ in 1...4 { _ = try backup(["--keep", "2"]) }
    let names = try contents("backups")
    #expect(names.count == 4, "\(names)")
    #expect(try other.run(["restore", "--verify", "\(shelf)/\(names[0])"]).status == 0)
    #expect(try site.folder.read("backups/feedgen-mine/note") == "mine")
  }

  @Test func `a store that is there is set aside, never deleted`() throws {
    let path = try backup()
    try site.run(["subscribers", "add", "new@courrier.example", "--consent", "essai"])
    let refused = try site.run(["restore", path])
    #expect(refused.status == 73)
    #expect(refused.errors.contains("--replace"))
    let result = try site.run(["restore", "--replace", path])
    #expect(result.status == 0, "\(result.errors)")
    #expect(try !site.run(["subscribers", "list"]).output.contains("new@"))
    let aside = try #require(try site.folder.names().first { $0.contains("db.before-") })
    let old = try runProgram(
      "sqlite3",
      [site.folder.file(aside), "SELECT address FROM subscriber"]
    )
    #expect(old.output.contains("new@courrier.example"))
  }

  /// Killed at the n-th change of a name: the site has the old store or the new one, never none.
  @Test(.enabled(if: isInstalled("strace"), "there is no strace"), arguments: 1...5)
  func `a restore that is killed leaves a store, and can be repeated`(number: Int) throws {
    let path = try backup()
    try site.run(["subscribers", "add", "new@courrier.example", "--consent", "essai"])
    let names = "rename,renameat,renameat2,link,linkat"
    _ = try site.shell(
      "feedgen restore --quiet --replace \(path)",
      wrappedIn: ["strace", "-f", "-o", "/dev/null", "-e", "trace=\(names)"]
        + ["-e", "inject=\(names):signal=KILL:when=\(number)"]
    )
    #expect(try site.integrity() == "ok\n")
    let list = try site.run(["subscribers", "list"])
    #expect(list.status == 0, "\(list.errors)")
    #expect([4, 5].contains(list.output.split(whereSeparator: \.isNewline).count))
    let again = try site.run(["restore", "--replace", path])
    #expect(again.status == 0, "\(again.errors)")
    #expect(try !site.run(["subscribers", "list"]).output.contains("new@"))
    #expect(try !site.folder.names().contains(".feedgen-restore"))
  }

  @Test func `a store that is damaged gives way to a backup`() throws {
    let path = try backup()
    let before = try exports()
    let bytes = [UInt8](repeating: 0xff, count: 50_000)
    let store = try FileHandle(forUpdating: URL(filePath: site.folder.file("feedgen.db")))
    try store.write(contentsOf: Data(bytes))
    try store.close()
    #expect(try site.run(["publish"]).status == 65)
    let result = try site.run(["restore", "--replace", path])
    #expect(result.status == 0, "\(result.errors)")
    #expect(try exports() == before)
  }

  /// What is lost at the end, changed anywhere, or missing.
  @Test(arguments: ["feedgen.db", "keys/message.key", "feedgen.yaml"])
  func `a backup that is damaged is refused`(name: String) throws {
    let path = try backup()
    let whole = try Data(contentsOf: URL(filePath: "\(path)/\(name)"))
    for number in 0..<12 {
      var damaged = whole
      if number % 3 == 0 {
        damaged.removeLast(Int.random(in: 1..<whole.count))
      } else {
        damaged[Int.random(in: 0..<whole.count)] ^= 1 << UInt8(number % 8)
      }
      try damaged.write(to: URL(filePath: "\(path)/\(name)"))
      let result = try site.run(["restore", "--verify", path])
      #expect(result.status == 65, "\(number): \(result)")
    }
    try FileManager.default.removeItem(atPath: "\(path)/\(name)")
    #expect(try site.run(["restore", "--verify", path]).status == 65)
    #expect(try site.run(["restore", "--replace", path]).status == 65)
    #expect(try site.folder.names().allSatisfy { !$0.contains("before-") }, "nothing was touched")
  }

  @Test func `a backup of another site is refused`() throws {
    let path = try backup()
    let other = try SampleSite()
    try other.folder.write(
      other.folder.read("feedgen.yaml").replacing("tag:veille", with: "tag:autre"),
      to: "feedgen.yaml"
    )
    let result = try other.run(["restore", path])
    #expect(result.status == 78)
    #expect(try !other.folder.names().contains("feedgen.db"))
  }

  @Test(arguments: ["feeds", "articles/x", "outbox"])
  func `a backup is not put where others read`(folder: String) throws {
    let result = try site.run(["backup", folder])
    #expect(result.status == 64)
    #expect(result.errors.contains("name another folder"))
  }

  @Test func `what is no backup is told`() throws {
    let missing = try site.run(["restore", "--verify", "articles"])
    #expect(missing.status == 66)
    #expect(missing.errors.contains("no backup of feedgen’s"))
  }

  @Test(.enabled(if: canMount, "file systems cannot be mounted here"))
  func `a full disk leaves nothing behind, and the backups that are there`() throws {
    let result = try site.shell(
      """
      mkdir backups
      mount -t tmpfs -o size=$(($(stat -c %s feedgen.db) * 3 / 2)) tmpfs backups
      feedgen backup --quiet; echo $?
      feedgen backup --quiet; echo $?
      ls -A backups | wc -l
      feedgen restore --quiet --verify backups/feedgen-*; echo $?
      """,
      wrappedIn: unshare
    )
    #expect(result.output == "0\n74\n1\n0\n", "\(result.errors)")
    #expect(result.errors.contains("free some space") || result.errors.contains("full"))
  }

  /// A folder that a run which was killed has left is no backup, and is removed in time.
  @Test func `an old draft is removed`() throws {
    try site.folder.write("half", to: "backups/.feedgen-2026-11-01T000000Z.1/feedgen.db")
    try site.folder.write("half", to: "backups/.feedgen-2026-11-02T000000Z.1/feedgen.db")
    let old = [FileAttributeKey.modificationDate: Date.now.addingTimeInterval(-7200)]
    try FileManager.default.setAttributes(
      old,
      ofItemAtPath: site.folder.file("backups/.feedgen-2026-11-01T000000Z.1")
    )
    _ = try backup()
    let drafts = try contents("backups").filter { $0.hasPrefix(".") }
    #expect(drafts == [".feedgen-2026-11-02T000000Z.1"], "it may be another run's")
  }

  @Test func `check says how old the newest backup is`() throws {
    #expect(try !site.run(["check"]).output.contains("backup"))
    let path = try backup()
    let result = try site.run(["check"])
    #expect(result.output.contains("good: backup: \(path), 0 hours old"), "\(result)")
    let json = try site.run(["check", "--json"]).output
    #expect(json.contains("0 hours old"))
  }

  @Test func `a backup that cannot be restored with these keys is not made`() throws {
    try FileManager.default.removeItem(atPath: site.folder.file("keys/message.key"))
    try Data(repeating: 7, count: 32)
      .write(to: URL(filePath: site.folder.file("keys/message.key")))
    unsafe chmod(site.folder.file("keys/message.key"), 0o600)
    let result = try site.run(["backup"])
    #expect(result.status == 78)
    #expect(result.errors.contains("made with other keys"))
    #expect(try !site.folder.names().contains("backups"))
    #expect(try site.publish().status == 78, "nor is anything sent under another Message-ID")
  }

  private func backup(_ more: [String] = []) throws -> String {
    let result = try site.run(["backup", "--json"] + more)
    try #require(result.status == 0, "\(result.errors)")
    struct Made: Decodable { var backup: String }
    return try JSONDecoder().decode(Made.self, from: Data(result.output.utf8)).backup
  }

  private func contents(_ folder: String) throws -> [String] {
    try site.folder.names(in: folder)
  }

  private func exports() throws -> [String] {
    try [
      ["subscribers", "list"], ["articles", "list"], ["issues", "list"],
      ["issues", "show", "weekly"],
    ].map { try site.run($0).output }
  }

  private func wipe() throws {
    for name in try site.folder.names() where name.hasPrefix("feedgen.db") || name == "keys" {
      try FileManager.default.removeItem(atPath: site.folder.file(name))
    }
  }

  private func mode(_ path: String) -> Int? {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    return attributes?[.posixPermissions] as? Int
  }
}

/// What runs a program with mounts of its own, which end with it.
private let unshare = getuid() == 0 ? ["unshare", "-m"] : ["unshare", "-r", "-m"]

private let canMount: Bool = {
  let line = unshare + ["mount", "-t", "tmpfs", "tmpfs", "/mnt"]
  return (try? Program(path: "/usr/bin/env").run(line).status) == 0
}()
