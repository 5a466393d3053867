package import Model
package import Store

extension LastingProblem {
  /// What is wrong, and since when where it was said before.
  package func words(in zone: Zone) -> String {
    since.map { "\(text)\nSince \(zone.stamp(of: $0))." } ?? text
  }
}
