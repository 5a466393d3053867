import ArgumentParser
import Cryptography
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
    let token = AccessToken(.leave, subscriber: 7)
    let signed = token.signed(with: made.tokens)
    let again = try Keys.load(folder: path, create: true)
    #expect(again.message == made.message)
    let read = AccessToken(signed, for: .leave, signedWith: again.tokens, now: 0)
    #expect(read == token)
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

  @Test func `a later token key signs, and the first is still understood`() throws {
    let folder = TemporaryFolder()
    let first = try Keys.load(folder: folder.path, create: true).tokens
    try folder.write(String(repeating: "k", count: 32), to: "token-2.key", mode: 0o600)
    let second = try Keys.load(folder: folder.path, create: false).tokens
    #expect(second.number == 2)
    let old = AccessToken(.leave, subscriber: 7).signed(with: first)
    #expect(AccessToken(old, for: .leave, signedWith: second, now: 0)?.subscriber == 7)
    let new = AccessToken(.leave, subscriber: 7).signed(with: second)
    #expect(AccessToken(new, for: .leave, signedWith: first, now: 0) == nil)
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
