import ArgumentParser
import Foundation
import TestSupport
import Testing

@testable import feedgen

@Suite struct ConfigurationKeysTests {
  @Test func `keys are made once, for their owner only`() throws {
    let folder = TemporaryFolder()
    let path = "\(folder.path)/keys"
    let made = try Keys.load(folder: path, create: true)
    #expect(made.message.count == 32)
    #expect(made.token.count == 32)
    #expect(made.message != made.token)
    let again = try Keys.load(folder: path, create: true)
    #expect(again.message == made.message)
    #expect(again.token == made.token)
    for (name, mode) in [("", 0o700), ("/message.key", 0o600), ("/token-1.key", 0o600)] {
      let attributes = try FileManager.default.attributesOfItem(atPath: path + name)
      #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == mode)
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: path)
    #expect(names.sorted() == ["message.key", "token-1.key"])
  }

  @Test func `keys that are gone are not replaced behind the operator's back`() throws {
    let folder = TemporaryFolder()
    let path = "\(folder.path)/keys"
    #expect(throws: KeysError.missing(path: "\(path)/message.key")) {
      try Keys.load(folder: path, create: false)
    }
    _ = try Keys.load(folder: path, create: true)
    try FileManager.default.removeItem(atPath: "\(path)/message.key")
    #expect(throws: KeysError.missing(path: "\(path)/message.key")) {
      try Keys.load(folder: path, create: true)
    }
  }

  @Test func `a key that others can read, or that is cut, is refused`() throws {
    let folder = TemporaryFolder()
    _ = try Keys.load(folder: folder.path, create: true)
    let path = "\(folder.path)/token-1.key"
    try folder.write(String(repeating: "k", count: 32), to: "token-1.key", mode: 0o644)
    let open = #expect(throws: KeysError.readableByOthers(path: path)) {
      try Keys.load(folder: folder.path, create: false)
    }
    #expect(open.map(exitCode) == .noPermission)
    try folder.write("k", to: "token-1.key", mode: 0o600)
    #expect(throws: KeysError.damaged(path: path)) {
      try Keys.load(folder: folder.path, create: false)
    }
  }
}
