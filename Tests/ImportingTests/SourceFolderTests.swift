import Foundation
import Importing
import Model
import Testing

/// A folder for one test, gone after it.
private final class TemporaryFolder {
  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory
      .appending(path: "feedgen-import-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ key: String, _ text: String = "text") throws {
    let url = URL(filePath: "\(path)/\(key)")
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(),
      withIntermediateDirectories: true
    )
    try Data(text.utf8).write(to: url)
  }

  func listed() throws -> (keys: [String], problems: [String]) {
    var keys: [String] = []
    let folder = try SourceFolder(opening: path)
    let problems = try folder.eachFile { key, _ in keys.append(key) }
    return (keys, problems.map { $0.description.replacing(path + "/", with: "") })
  }

  /// What reading a file that is none to be read says.
  func refusal(_ key: String) throws -> String? {
    let folder = try SourceFolder(opening: path)
    do throws(Problem) {
      _ = try folder.read(key)
      return nil
    } catch {
      return error.message
    }
  }
}

@Suite struct SourceFolderTests {
  @Test func `articles are listed in byte order of their paths`() throws {
    let folder = try TemporaryFolder()
    let keys = ["B.MD", "a-b.md", "a.md", "a/c.txt", "a/b/d.html", "a0.htm", "é.markdown"]
    for key in keys { try folder.write(key) }
    for other in ["image.png", "README", ".hidden.md", ".git/x.md", "a.md~", "md", "a/.x/y.md"] {
      try folder.write(other)
    }
    let listed = try folder.listed()
    #expect(
      listed.keys == ["B.MD", "a-b.md", "a.md", "a/b/d.html", "a/c.txt", "a0.htm", "é.markdown"]
    )
    #expect(listed.problems == [])
  }

  @Test func `a stamp is what the file system says`() throws {
    let folder = try TemporaryFolder()
    try folder.write("a.md", "12345")
    var status = stat()
    #expect(unsafe lstat(folder.path + "/a.md", &status) == 0)
    var stamps: [FileStamp] = []
    let opened = try SourceFolder(opening: folder.path)
    _ = try opened.eachFile { _, stamp in stamps.append(stamp) }
    #expect(stamps.map(\.size) == [5])
    #expect(stamps.map(\.inode) == [UInt64(status.st_ino)])
    #expect(stamps.map { $0.modified / 1_000_000_000 } == [Int64(status.st_mtim.tv_sec)])
    #expect(stamps.map { $0.modified % 1_000_000_000 } == [Int64(status.st_mtim.tv_nsec)])
    let reading = try opened.read("a.md")
    #expect(reading == .content(Array("12345".utf8), stamps[0]))
  }

  @Test func `what is no file is reported and stops nothing`() throws {
    let folder = try TemporaryFolder()
    for key in ["a.md", "z.md", "elsewhere/x.md"] { try folder.write(key) }
    try link("a.md", at: "\(folder.path)/link.md")
    try link("elsewhere", at: "\(folder.path)/folder-link")
    try link("a.png", at: "\(folder.path)/link.png")
    #expect(unsafe mkfifo("\(folder.path)/fifo.md", 0o600) == 0)
    #expect(unsafe mkfifo("\(folder.path)/other-fifo", 0o600) == 0)
    let listed = try folder.listed()
    #expect(listed.keys == ["a.md", "elsewhere/x.md", "z.md"])
    #expect(
      listed.problems == [
        "fifo.md: is a FIFO, not a file; remove it",
        "folder-link: is a symbolic link, which is not followed; put the file itself there",
        "link.md: is a symbolic link, which is not followed; put the file itself there",
      ]
    )
  }

  @Test(.timeLimit(.minutes(1)))
  func `nothing outside the folder is read, and nothing that could hang`() throws {
    let folder = try TemporaryFolder()
    for key in ["inner/a.md", "elsewhere/x.md", "plain.md"] { try folder.write(key) }
    try link("../elsewhere", at: "\(folder.path)/inner/way")
    try link("a.md", at: "\(folder.path)/inner/link.md")
    #expect(unsafe mkfifo("\(folder.path)/fifo.md", 0o600) == 0)
    #expect(try folder.refusal("inner/a.md") == nil)
    for key in ["../x.md", "inner/../plain.md", "/etc/passwd", "", "inner//a.md", "./plain.md"] {
      #expect(try folder.refusal(key) == "is no path below the folder", "\(key)")
    }
    #expect(try folder.refusal("inner/link.md")?.contains("symbolic link") == true)
    #expect(try folder.refusal("inner/way/x.md") != nil)
    #expect(try folder.refusal("fifo.md") == "is a FIFO, not a file; remove it")
    #expect(try folder.refusal("inner") == "is a folder, not a file")
    #expect(try folder.refusal("gone.md") == "cannot be opened (No such file or directory)")
  }

  @Test func `a name that cannot be printed is reported`() throws {
    let folder = try TemporaryFolder()
    for name in [[0xff, 0x2e, 0x6d, 0x64], [0x61, 0x0a, 0x2e, 0x6d, 0x64]] as [[UInt8]] {
      let path = (Array("\(folder.path)/".utf8) + name + [0]).map(CChar.init(bitPattern:))
      let number = unsafe open(path, O_CREAT | O_WRONLY, 0o600)
      #expect(number >= 0)
      close(number)
    }
    let listed = try folder.listed()
    #expect(
      listed.problems == [
        "a\\x0a.md: its name is not UTF-8, or has control characters; rename it",
        "\\xff.md: its name is not UTF-8, or has control characters; rename it",
      ]
    )
  }

  /// The files of /proc say that they are empty, and are not.
  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/proc/self/status")))
  func `a file with more in it than it had at first waits for the next run`() throws {
    let reading = try SourceFolder(opening: "/proc/self").read("status")
    #expect(reading == .growing)
  }

  @Test func `a file too large for an article is not read`() throws {
    let folder = try TemporaryFolder()
    try folder.write("a.md")
    #expect(unsafe truncate("\(folder.path)/a.md", 20_000_001) == 0)
    let refusal = try folder.refusal("a.md")
    #expect(refusal == "has 20000001 bytes, and at most 20000000 are read; split it")
  }

  @Test func `folders without end are reported`() throws {
    let folder = try TemporaryFolder()
    try folder.write(String(repeating: "d/", count: 64) + "a.md")
    try folder.write(String(repeating: "e/", count: 65) + "a.md")
    let listed = try folder.listed()
    #expect(listed.keys == [String(repeating: "d/", count: 64) + "a.md"])
    #expect(listed.problems.count == 1)
    #expect(listed.problems.first?.contains("more than 64 folders deep") == true)
  }

  @Test func `a folder that is not there is an error with advice`() throws {
    let folder = try TemporaryFolder()
    try folder.write("a.md")
    let missing = #expect(throws: SourceFolderError.self) {
      _ = try SourceFolder(opening: folder.path + "/none")
    }
    #expect(missing?.description.contains("No such file or directory); create it") == true)
    let file = #expect(throws: SourceFolderError.self) {
      _ = try SourceFolder(opening: folder.path + "/a.md")
    }
    #expect(file?.code == ENOTDIR)
  }

  @Test(.enabled(if: geteuid() != 0, "root may read everything"))
  func `what may not be read is reported and stops nothing`() throws {
    let folder = try TemporaryFolder()
    for key in ["a.md", "inner/b.md", "z.md"] { try folder.write(key) }
    #expect(unsafe chmod("\(folder.path)/inner", 0) == 0)
    #expect(unsafe chmod("\(folder.path)/a.md", 0) == 0)
    let listed = try folder.listed()
    let refusal = try folder.refusal("a.md")
    #expect(unsafe chmod("\(folder.path)/inner", 0o700) == 0)
    #expect(listed.keys == ["a.md", "z.md"])
    #expect(listed.problems == ["inner: cannot be opened (Permission denied)"])
    #expect(refusal == "cannot be opened (Permission denied)")
  }

  private func link(_ target: String, at path: String) throws {
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
  }
}
