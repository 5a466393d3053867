import Model

@testable import feedgen

/// The smallest configuration, and ways to change it.
enum ConfigurationSample {
  static let now = Instant(seconds: 1_795_248_000)  // 2026-11-21T08:00:00Z
  static let path = "/srv/veille/feedgen.yaml"

  static let smallest = """
    site:
      title: Veille
      url: https://veille.example.org/
      language: fr
      timezone: Europe/Paris
      author: {name: La rédaction}
      id: "tag:veille.example.org,2026:"
    topics:
      - {slug: bielorussie, title: Biélorussie}

    """

  /// Reads a text as if it were a site's.
  static func read(
    _ text: String,
    overrides: [String] = []
  ) throws(ConfigurationError) -> Configuration {
    try Configuration.configuration(
      ConfigurationText(path: path, text: text),
      overrides: overrides,
      folder: "/srv/veille",
      asOf: now
    )
  }

  /// What is wrong with a text, as `line:column: message`; of `--set` with its key.
  static func problems(_ text: String, overrides: [String] = []) -> [String] {
    do throws(ConfigurationError) {
      _ = try read(text, overrides: overrides)
      return []
    } catch {
      return error.problems.map { problem in
        guard let line = problem.line else { return "\(problem.path): \(problem.message)" }
        return "\(line):\(problem.column ?? 0): \(problem.message)"
      }
    }
  }
}
