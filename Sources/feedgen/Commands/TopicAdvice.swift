import Importing
import Model

/// Says how categories become topics, in lines that are ready for the configuration.
///
/// - Parameter categories: those that are no topic, the most frequent first.
func topicAdvice(on categories: [String]) -> [String] {
  var slugs: Set<Slug> = []
  let topics = categories.prefix(10).compactMap { title -> String? in
    guard let slug = Slug(folding: title), slugs.insert(slug).inserted else { return nil }
    return "  - {slug: \(slug), title: \(quotedYAML(title))}"
  }
  guard !topics.isEmpty else { return [] }
  return [
    "What should be a topic goes under “topics” in feedgen.yaml; what is another name of one goes "
      + "into --map-category “NAME=topic”:"
  ] + topics
}
