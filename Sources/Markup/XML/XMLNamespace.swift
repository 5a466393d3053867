/// The namespaces of what feeds and exports are made of.
package enum XMLNamespace {
  package static let none = ""
  package static let atom = "http://www.w3.org/2005/Atom"
  package static let blogger = "http://schemas.google.com/blogger/2018"
  package static let content = "http://purl.org/rss/1.0/modules/content/"
  package static let dublinCore = "http://purl.org/dc/elements/1.1/"
  package static let dublinCoreTerms = "http://purl.org/dc/terms/"
  package static let history = "http://purl.org/syndication/history/1.0"
  package static let media = "http://search.yahoo.com/mrss/"
  /// Atom 0.3's way to say that an entry is a draft.
  package static let oldPublishing = "http://purl.org/atom-blog/ns#"
  package static let podcast = "http://www.itunes.com/dtds/podcast-1.0.dtd"
  package static let publishing = "http://www.w3.org/2007/app"
  package static let tombstones = "http://purl.org/atompub/tombstones/1.0"
  package static let wordPress = "http://wordpress.org/export/1.2/"
}
