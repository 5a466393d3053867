import Foundation
import Model

/// Why there is no such time zone.
enum ZoneError: Error, Equatable {
  /// The IANA database is not on this machine.
  case noDatabase
  case unknown(nearest: String?)
}

extension Zone {
  /// The folder of the IANA database on this machine.
  static let database = "/usr/share/zoneinfo"

  /// Makes the zone that the IANA database has under a name: `Europe/Paris`.
  ///
  /// This is the only place that makes one, and it never falls back to UTC: a digest at the wrong
  /// hour is worse than none. Without the database Foundation stops the program, so it is looked
  /// for first.
  init(named name: String, database: String = database) throws(ZoneError) {
    guard FileManager.default.fileExists(atPath: database) else { throw .noDatabase }
    guard isZoneName(name), let zone = TimeZone(identifier: name) else {
      throw .unknown(nearest: nearestName(to: name, among: TimeZone.knownTimeZoneIdentifiers))
    }
    self.init(identifier: name) { instant in
      zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant.seconds)))
    }
  }
}

/// Whether a name can be one of the database: `UTC`, `America/Argentina/Ushuaia`.
private func isZoneName(_ name: String) -> Bool {
  let first = name.utf8.first ?? 0
  return (65...90).contains(first) && name.utf8.count < 64
    && name.utf8.allSatisfy {
      (48...57).contains($0) || (97...122).contains($0 | 0x20) || Array("/_+-".utf8).contains($0)
    }
}
