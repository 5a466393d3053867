package import Model

extension Zone {
  /// Paris in 2026: summer time from 29 March to 25 October, both at 01:00 UTC.
  package static let paris2026 = Zone(identifier: "Europe/Paris") { instant in
    (1_774_746_000..<1_792_890_000).contains(instant.seconds) ? 7200 : 3600
  }
}
