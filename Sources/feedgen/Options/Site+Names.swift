import ArgumentParser
import Model

extension Site {
  /// The topic that a person names on the command line, by its slug or title.
  func slug(of name: String) throws -> Slug {
    guard let topic = topics.first(where: { $0.slug.text == name || $0.title == name }) else {
      let known = topics.map(\.slug.text).joined(separator: ", ")
      throw ValidationError("--topic: “\(name)” is none of the site’s topics: \(known).")
    }
    return topic.slug
  }
}
