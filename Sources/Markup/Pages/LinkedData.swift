import Foundation

/// What a page's JSON-LD says of its article (schema.org's Article and the kinds of it).
///
/// Only values are read, never an address that they name: no context is loaded, and an `@id` is
/// looked up among the page's own objects, once.
struct LinkedData {
  private(set) var facts = StatedFacts()
  private var objects: [[String: Any]] = []
  private var byID: [String: [String: Any]] = [:]

  /// - Parameters:
  ///   - address: where the page is; of several articles, the one that is there counts.
  ///   - title: the page's title, for the same.
  init(_ map: PageMap, at address: String?, titled title: String?) {
    for text in scripts(of: map) {
      if let value = json(fromScript: text) { collect(value) }
    }
    let articles = objects.filter(isArticle)
    let best = articles.enumerated().max { first, second in
      let ranks = (rank(first.element, address, title), rank(second.element, address, title))
      return ranks.0 == ranks.1 ? first.offset > second.offset : ranks.0 < ranks.1
    }
    if let article = best?.element { read(article, titled: title) }
  }

  /// Takes objects by level, so that an article comes before those that it mentions.
  private mutating func collect(_ value: Any) {
    var level = [value]
    while !level.isEmpty {
      var next: [Any] = []
      for value in level {
        if let list = value as? [Any] { next += list }
        guard let object = value as? [String: Any] else { continue }
        objects.append(object)
        note(object)
        // In an order that does not depend on a hash.
        next += object.sorted { $0.key < $1.key }.map(\.value)
      }
      level = next
    }
  }

  private mutating func note(_ object: [String: Any]) {
    guard let id = object["@id"] as? String, object.count > 1 else { return }
    byID[id] = byID[id] ?? object
  }

  private func rank(_ article: [String: Any], _ address: String?, _ title: String?) -> Int {
    let page = article["mainEntityOfPage"]
    let addresses = [article["url"], article["@id"], page, (page as? [String: Any])?["@id"]]
    let isHere = address.map { address in
      addresses.contains { withoutFragment($0 as? String ?? "") == address }
    }
    let isTitled = title.map { title in
      text(article["headline"]).map { areSameTitle($0, title) } ?? false
    }
    return (isHere == true ? 2 : 0) + (isTitled == true ? 1 : 0)
  }

  private mutating func read(_ article: [String: Any], titled title: String?) {
    facts.title = headline(of: article, title)
    facts.description = text(article["description"])
    facts.language =
      text(article["inLanguage"]) ?? text(object(article["inLanguage"])?["alternateName"])
    facts.url = address(article["url"]) ?? address(article["mainEntityOfPage"])
    facts.siteName = name(of: article["publisher"]) ?? name(of: article["isPartOf"])
    facts.image = address(article["image"]) ?? address(article["thumbnailUrl"])
    facts.add(authors: names(of: article["author"] ?? article["creator"]))
    // Where Ghost names all authors but the first.
    facts.add(authors: names(of: article["contributor"]))
    facts.published = text(article["datePublished"]) ?? text(article["dateCreated"])
    facts.modified = text(article["dateModified"])
    facts.bodyText = text(article["articleBody"])
  }
}

extension LinkedData {
  /// The headline, or the name where only that is in the page's title: wikis keep a description in
  /// the headline.
  private func headline(of article: [String: Any], _ title: String?) -> String? {
    let headline = text(article["headline"])
    guard let name = text(article["name"]), let title else {
      return headline ?? text(article["name"])
    }
    let isOnlyName = title.contains(name) && headline.map { !title.contains($0) } ?? true
    return isOnlyName ? name : headline ?? name
  }

  private func names(of value: Any?) -> [String] {
    if let list = value as? [Any] { return list.compactMap(name(of:)) }
    return name(of: value).map { [$0] } ?? []
  }

  private func name(of value: Any?) -> String? {
    if let value = value as? String, byID[value] == nil { return text(value) }
    return object(value).flatMap { text($0["name"]) }
  }

  private func address(_ value: Any?) -> String? {
    if let list = value as? [Any] { return address(list.first) }
    if let value = value as? String { return byID[value].flatMap(address(of:)) ?? nonEmpty(value) }
    return object(value).flatMap(address(of:))
  }

  private func address(of object: [String: Any]) -> String? {
    ["url", "contentUrl", "@id"].lazy.compactMap { object[$0] as? String }.first
  }

  /// An object, or the one that a reference names.
  private func object(_ value: Any?) -> [String: Any]? {
    if let list = value as? [Any] { return list.first.flatMap { $0 as? [String: Any] } }
    if let id = value as? String { return byID[id] }
    guard let object = value as? [String: Any] else { return nil }
    guard object.count == 1, let id = object["@id"] as? String else { return object }
    return byID[id] ?? object
  }
}

private let articleTypes: Set = [
  "Article", "NewsArticle", "BlogPosting", "ReportageNewsArticle", "AnalysisNewsArticle",
  "AskPublicNewsArticle", "BackgroundNewsArticle", "OpinionNewsArticle", "ReviewNewsArticle",
  "AdvertiserContentArticle", "LiveBlogPosting", "Report", "SatiricalArticle", "ScholarlyArticle",
  "SocialMediaPosting", "TechArticle",
]

/// Whether a type's name, or its address, is that of an article.
func isArticleType(_ type: String) -> Bool {
  type.split { "/#:".contains($0) }.last.map { articleTypes.contains(String($0)) } ?? false
}

private func isArticle(_ object: [String: Any]) -> Bool {
  let types = object["@type"] as? [Any] ?? [object["@type"] as Any]
  return types.contains { ($0 as? String).map(isArticleType) ?? false }
}

/// A string as people read it: many plug-ins leave references and tags in it.
private func text(_ value: Any?) -> String? {
  guard let value = value as? String ?? (value as? [Any])?.first as? String else { return nil }
  guard value.utf8.contains(where: { $0 == UInt8(ascii: "&") || $0 == UInt8(ascii: "<") }) else {
    return nonEmpty(RepairedText(value).text)
  }
  return (try? HTMLFragment(parsing: value)).flatMap { nonEmpty($0.plainText) }
}

private func withoutFragment(_ address: String) -> Substring {
  address.prefix { $0 != "#" }
}

private func scripts(of map: PageMap) -> [String] {
  let found = map.elements(in: 0..<map.tokens.count) { element in
    let type = element["type"]?.lowercased().split(separator: ";").first ?? ""
    return element.name == "script" && singleLine(String(type)) == "application/ld+json"
  }
  return found.map { map.tokens[map.range(ofElementAt: $0)].text }
}
