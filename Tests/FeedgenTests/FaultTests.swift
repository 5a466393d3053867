import Foundation
import TestSupport
import Testing

/// What a run does when the machine fails it: it says so, breaks nothing, and the next run works.
@Suite struct FaultTests {
  static let publish = "feedgen publish --as-of \(SampleSite.instant)"

  let site: SampleSite

  init() throws {
    site = try SampleSite()
  }

  @Test(.enabled(if: canMount, "file systems cannot be mounted here"))
  func `an output folder that is read-only is refused, and nothing is lost`() throws {
    let result = try alone(
      """
      mkdir feeds && mount -t tmpfs -o ro tmpfs feeds
      \(FaultTests.publish); echo $?
      umount feeds
      \(FaultTests.publish); echo $?
      """
    )
    #expect(result.output == "77\n0\n")
    #expect(result.errors.contains("Read-only file system"))
    #expect(try site.contents(of: "feeds").count == SampleSite.outputFiles)
  }

  @Test(.enabled(if: canMount, "file systems cannot be mounted here"))
  func `a full disk leaves the published files as they were`() throws {
    let result = try alone(
      """
      mkdir feeds && mount -t tmpfs -o size=1m tmpfs feeds
      \(FaultTests.publish); echo $?
      cp -a feeds before
      head -c 2000000 /dev/zero > feeds/.filling
      \(newArticle("2026-11-23"))
      \(FaultTests.publish); echo $?
      rm feeds/.filling
      cp -a feeds during
      \(FaultTests.publish); echo $?
      cp -a feeds after
      """
    )
    #expect(result.output == "0\n74\n0\n")
    #expect(result.errors.contains("No space left on device"))
    #expect(try site.contents(of: "during") == site.contents(of: "before"))
    #expect(try site.folder.read("after/atom.xml").contains("<title>Nouveau</title>"))
  }

  @Test(.enabled(if: canMount, "file systems cannot be mounted here"))
  func `a first publication that found the disk full is repeated`() throws {
    let result = try alone(
      """
      mkdir feeds && mount -t tmpfs -o size=150k tmpfs feeds
      \(FaultTests.publish); echo $?
      mount -o remount,size=4m feeds
      \(FaultTests.publish); echo $?
      """
    )
    #expect(result.output == "74\n0\n")
  }

  /// Renames of a first publication: manifests on their way, documents, the manifest.
  @Test(
    .enabled(if: canTrace, "there is no strace that may trace"),
    arguments: [1, 2, 3, 9, 17, 18]
  )
  func `a first publication that was killed is repeated`(rename: Int) throws {
    let killed = try site.shell(FaultTests.publish, wrappedIn: killing(atRename: rename))
    #expect(killed.status != 0)
    let result = try site.publish()
    #expect(result.status == 0, "\(result.errors)")
  }

  /// The last of them is that of the manifest, when the new topic's feed is already there.
  @Test(
    .enabled(if: canTrace, "there is no strace that may trace"),
    arguments: [1, 2, 5, 10]
  )
  func `a killed publication of a new topic is repeated`(rename: Int) throws {
    try #require(try site.publish().status == 0)
    let configuration = try site.folder.read("feedgen.yaml").replacing(
      "\nsources:",
      with: "\n  - {slug: neuf, title: Neuf}\nsources:"
    )
    try site.folder.write(configuration, to: "feedgen.yaml")
    _ = try site.shell(newArticle("2026-11-23", topic: "neuf"))
    let killed = try site.shell(FaultTests.publish, wrappedIn: killing(atRename: rename))
    #expect(killed.status != 0)
    let result = try site.publish()
    #expect(result.status == 0, "\(result.errors)")
    #expect(try site.folder.read("feeds/neuf/atom.xml").contains("<title>Nouveau</title>"))
  }

  @Test(.enabled(if: canMount, "file systems cannot be mounted here"))
  func `without the time zone database nothing goes out at a wrong hour`() throws {
    let missing = try alone("mount -t tmpfs tmpfs /usr/share; \(FaultTests.publish)")
    #expect(missing.status == 78)
    #expect(missing.errors.contains("apt-get install tzdata"))
    try site.addSubscribers(1)
    let empty = try alone("mount -t tmpfs tmpfs /usr/share/zoneinfo; \(FaultTests.publish)")
    if empty.status == 0 {
      let message = try #require(try site.contents(of: "outbox/new").values.first)
      let date = "\r\nDate: Mon, 23 Nov 2026 08:05:00 +0100\r\n"
      #expect(("\r\n" + String(decoding: message, as: UTF8.self)).contains(date))
    } else {
      #expect(empty.status == 78)
    }
  }

  @Test func `a store in a folder that is not there is refused`() throws {
    let result = try site.run(["publish", "--set", "store=sqlite:nowhere/feedgen.db"])
    #expect(result.status == 73)
    #expect(result.errors.contains("nowhere/feedgen.db"))
    #expect(result.errors.contains("No such file or directory"))
    #expect(try site.folder.names() == ["articles", "feedgen.yaml"])
  }

  @Test func `no configuration is said with what to do`() throws {
    let empty = TemporaryFolder()
    let result = try Program.debug.run(["publish"], in: empty.path)
    #expect(result.status == 78)
    #expect(result.errors.contains("no feedgen.yaml here or in any folder above"))
    #expect(try empty.names() == [])
  }

  @Test func `a misspelt key is shown where it stands`() throws {
    let text = try site.folder.read("feedgen.yaml")
    try site.folder.write(text.replacing("  timezone:", with: "  timezoen:"), to: "feedgen.yaml")
    let result = try site.run(["publish"])
    #expect(result.status == 78)
    #expect(result.errors.contains("feedgen.yaml:6:3: “site.timezoen” is no key"))
    #expect(result.errors.contains("did you mean “timezone”?"))
    #expect(try site.folder.names() == ["articles", "feedgen.yaml"])
  }

  /// A file that is opened while 1 or 2 is closed gets that number, and what is said goes into it.
  @Test func `closed standard descriptors harm nothing`() throws {
    let bad = "---\ndate: 2026-11-20\nbad: 1\n---\nUn texte.\n"
    try site.folder.write(bad, to: "articles/mauvais.md")
    _ = try site.shell("\(FaultTests.publish) --verbose <&- >&- 2>&-")
    let added = try site.shell(
      "feedgen subscribers add a@courrier.example --consent essai <&- >&- 2>&-"
    )
    #expect(added.status == 0)
    #expect(try site.integrity() == "ok\n")
    #expect(try site.run(["check"]).status == 0)
    #expect(try site.run(["subscribers", "list"]).output.contains("a@courrier.example"))
    let open = try SampleSite()
    try open.folder.write(bad, to: "articles/mauvais.md")
    try open.publish()
    #expect(try site.contents(of: "feeds") == open.contents(of: "feeds"))
    let lock = try site.folder.read("feedgen.db.lock")
    #expect(lock == "")
  }

  @Test func `a table that could not be written is a failure`() throws {
    try site.addSubscribers(3)
    let result = try site.shell("feedgen subscribers list > /dev/full")
    #expect(result.status == 74)
  }

  /// A shell line that writes an article.
  private func newArticle(_ date: String, topic: String = "bielorussie") -> String {
    #"printf -- '---\ntitle: Nouveau\ndate: \#(date)\ntopics: [\#(topic)]\n---\nUn texte.\n' "#
      + "> articles/nouveau.md"
  }

  private func alone(_ line: String) throws -> Program.Result {
    try site.shell(line, wrappedIn: unshare)
  }

  private func killing(atRename number: Int) -> [String] {
    ["strace", "-f", "-o", "/dev/null", "-e", "trace=rename,renameat,renameat2"]
      + ["-e", "inject=rename,renameat,renameat2:signal=KILL:when=\(number)"]
  }
}

/// What runs a program with mounts of its own, which end with it.
private let unshare = getuid() == 0 ? ["unshare", "-m"] : ["unshare", "-r", "-m"]

private let canMount: Bool = {
  let line = unshare + ["mount", "-t", "tmpfs", "tmpfs", "/mnt"]
  return (try? Program(path: "/usr/bin/env").run(line).status) == 0
}()

private let canTrace: Bool = {
  let line = ["strace", "-o", "/dev/null", "true"]
  return isCI || (try? Program(path: "/usr/bin/env").run(line).status) == 0
}()
