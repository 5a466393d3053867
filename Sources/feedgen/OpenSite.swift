import ArgumentParser
import Cryptography
import Delivering
import Foundation
import Model
import Pipeline
import Rendering
import SQLiteStore
import Store

/// A site that a command works on: its configuration, its keys and its store.
///
/// The only place that knows which store it is.
struct OpenSite {
  let configuration: Configuration
  let keys: Keys
  let store: any SiteStore

  var site: Site { configuration.site }

  /// Opens the site's store, or makes it, and lets it know the site's topics.
  init(_ configuration: Configuration, asOf: Instant) throws {
    let isNew = !configuration.hasStore
    let keys = try Keys.load(folder: configuration.keysFolder, create: isNew)
    try self.init(configuration, keys, storePath: configuration.storePath)
    try store.setTopics(site.topics, asOf: asOf)
  }

  /// Opens the site's store as it is.
  init(reading configuration: Configuration) throws {
    guard configuration.hasStore else { throw MissingStore(path: configuration.storePath) }
    let keys = try Keys.load(folder: configuration.keysFolder, create: false)
    try self.init(configuration, keys, storePath: configuration.storePath)
  }

  private init(_ configuration: Configuration, _ keys: Keys, storePath: String) throws {
    self.configuration = configuration
    self.keys = keys
    store = try SQLiteSiteStore(
      path: storePath,
      siteID: configuration.site.id,
      hashAddress: keys.suppressionHash
    )
  }
}

/// There is nothing in the site yet.
struct MissingStore: ExitCoded, CustomStringConvertible {
  var path: String

  var exitCode: ExitCode { .missingInput }
  var description: String { "\(path): there is no store yet; run “feedgen import” first" }
}

extension OpenSite {
  /// Works on a copy of the site's store that vanishes afterwards: nothing that is tried there has
  /// an effect.
  static func rehearse<Result>(
    _ configuration: Configuration,
    asOf: Instant,
    _ body: (OpenSite) throws -> Result
  ) throws -> Result {
    let folder = try FileManager.default.url(
      for: .itemReplacementDirectory,
      in: .userDomainMask,
      appropriateFor: URL(fileURLWithPath: NSTemporaryDirectory()),
      create: true
    )
    defer { try? FileManager.default.removeItem(at: folder) }
    let copy = folder.appendingPathComponent("feedgen.db").path
    guard configuration.hasStore else {
      let keys = try Keys.load(folder: folder.appendingPathComponent("keys").path, create: true)
      return try body(OpenSite(rehearsing: configuration, keys, copy, asOf: asOf))
    }
    let keys = try Keys.load(folder: configuration.keysFolder, create: false)
    try SQLiteSiteStore(
      path: configuration.storePath,
      siteID: configuration.site.id,
      hashAddress: keys.suppressionHash
    ).copy(to: copy)
    return try body(OpenSite(rehearsing: configuration, keys, copy, asOf: asOf))
  }
}

extension OpenSite {
  private init(
    rehearsing configuration: Configuration,
    _ keys: Keys,
    _ copy: String,
    asOf: Instant
  ) throws {
    try self.init(configuration, keys, storePath: copy)
    try store.setTopics(site.topics, asOf: asOf)
  }
}

extension Configuration {
  var hasStore: Bool { FileManager.default.fileExists(atPath: storePath) }

  /// The built-in templates, and the site's own in their place.
  func templates() throws -> Templates {
    let folder = "\(folder)/templates"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return try Templates(
      overrides: names.filter { !$0.hasPrefix(".") }.sorted().map { name in
        try TemplateFile(name: name, path: "\(folder)/\(name)")
      }
    )
  }
}

extension TemplateFile {
  /// Reads a file that a site puts in place of a built-in one.
  fileprivate init(name: String, path: String) throws {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
      throw Problem(path: path, message: "cannot be read as UTF-8; save it in that encoding")
    }
    self.init(name: name, text: text, path: path)
  }
}

extension OpenSite {
  /// Makes and knows the senders of envelopes that name their delivery; nil where the address leaves
  /// no room for that.
  var verp: VERP? {
    site.mail.flatMap {
      VERP(address: $0.envelopeSender, keys: keys.tokens)
    }
  }
}

extension Keys {
  /// The keyed hash under which a suppressed address is kept.
  var suppressionHash: @Sendable (EmailAddress) -> [UInt8] {
    let key = message
    return { hmacSHA256(key: key, Array("suppression\0\($0.identity)".utf8)) }
  }
}
