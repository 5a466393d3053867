internal import Model

/// A topic as feeds name it.
struct FeedCategory {
  var title: String
  /// The address that tells topics of the same title apart; people find the topic's page there.
  var scheme: String

  init(_ topic: Topic, of site: Site) {
    title = titleText(topic.title, else: topic.slug.text)
    scheme = site.page(of: .topic(topic.slug))
  }
}
