import Foundation
import Model

/// What a backup is: the file in it that says so, and by which it can be checked.
struct BackupManifest: Codable {
  static let fileName = "feedgen-backup.json"
  static let currentFormat = 1

  var format = currentFormat
  /// The site's permanent id.
  var site: String
  /// In UTC, as RFC 3339 writes it.
  var created: String
  /// By path below the backup's folder.
  var files: [String: FileProof]

  var date: Instant? { Instant(created, in: .utc) }

  func bytes() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(self)) + [UInt8(ascii: "\n")]
  }

  /// Reads the manifest of a backup; nil where the folder is none.
  static func read(in folder: String) -> BackupManifest? {
    guard let data = FileManager.default.contents(atPath: "\(folder)/\(fileName)"),
      let manifest = try? JSONDecoder().decode(BackupManifest.self, from: data),
      manifest.format == currentFormat
    else { return nil }
    return manifest
  }
}
