import Foundation
import Markup
import Model

/// The names that articles may use for the site's topics: slugs, titles and former slugs.
struct TopicNames: Sendable {
  private var slugs: [String: Slug] = [:]
  private let topics: [Topic]

  init(_ topics: [Topic]) {
    self.topics = topics
    for topic in topics { add(topic.slug.text, topic) }
    for topic in topics { add(topic.title, topic) }
    for topic in topics { topic.was.forEach { add($0.text, topic) } }
  }

  private mutating func add(_ name: String, _ topic: Topic) {
    let key = foldedCase(name)
    slugs[key] = slugs[key] ?? topic.slug
  }

  subscript(name: String) -> Slug? { slugs[foldedCase(name)] }

  /// What to tell whoever wrote a name that no topic has.
  func advice(on name: String) -> String {
    let known = topics.flatMap { [$0.title, $0.slug.text] }
    let nearest = name.utf8.count > 200 ? nil : nearestName(to: name, among: known)
    let guess = nearest.map { "did you mean “\($0)”? " } ?? ""
    let list = topics.map { "\($0.title) (\($0.slug))" }.joined(separator: ", ")
    return "unknown topic “\(name)”; \(guess)"
      + (topics.isEmpty ? "the site has no topics yet" : "the site has: \(list)")
  }
}

/// A name as it is compared: NFC, without case and without any locale.
func foldedCase(_ name: String) -> String {
  // Up and down again, since some letters have several lower-case forms (ß, ς).
  singleLine(name).uppercased().lowercased().precomposedStringWithCanonicalMapping
}
