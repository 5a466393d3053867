internal import Markup
internal import Model

extension XMLWriter {
  /// Writes an article's image (Media RSS).
  ///
  /// The namespace is declared here, so that documents without images do not have it.
  mutating func media(_ image: String) {
    start("media:content")
    attribute("xmlns:media", XMLNamespace.media)
    attribute("url", image)
    attribute("medium", "image")
    if let type = mediaType(of: image), type.hasPrefix("image/") { attribute("type", type) }
    start("media:thumbnail")
    attribute("url", image)
    end()
    end()
  }
}
