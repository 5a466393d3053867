import Markup

/// What posts refer to, gathered from all parts of an export before any post is read.
package struct WordPressIndex: Sendable {
  /// The address of the site, which names the source: `https://revue.example.org`.
  package var site: String?
  /// What authors are called, by their logins.
  var authors: [String: String] = [:]
  /// What categories are called and are part of, by their names in addresses.
  private var categories: [String: (name: String, parent: String?)] = [:]
  private var slugs: [String: String] = [:]
  /// How many items there are.
  package var items = 0
  /// Where the addresses of pictures and other files are, by their numbers.
  ///
  /// There may be hundreds of thousands, so they lie end to end.
  private var attachments: [Int: Range<Int>] = [:]
  private var addresses: [UInt8] = []

  package init() {}

  func picture(_ number: Int) -> String? {
    attachments[number].map { String(decoding: addresses[$0], as: UTF8.self) }
  }

  mutating func add(_ record: XMLElement) {
    switch record.name {
    case "author" where isWordPress(record.namespace): addAuthor(record)
    case "category" where isWordPress(record.namespace): addCategory(record)
    case "base_blog_url": site = record.text.trimmingSpaces.nonEmpty
    case "link" where site == nil && record.namespace.isEmpty:
      site = record.text.trimmingSpaces.nonEmpty
    case "item":
      items += 1
      let post = WordPressPost(record)
      if let number = post.number, let address = post.attachment { add(address, as: number) }
    default: break
    }
  }

  /// The categories, with the paths of their addresses: `amerique-latine/cone-sud`.
  package var categoryPaths: [(path: String, category: SourceEntry.Category)] {
    categories.map { slug, category in
      var path = [slug]
      var parent = category.parent
      while let slug = parent, let above = categories[slug], path.count < 20 {
        path.insert(slug, at: 0)
        parent = above.parent
      }
      let names = SourceEntry.Category(category.name, ancestors: ancestors(of: category.name))
      return (path.joined(separator: "/"), names)
    }
  }

  /// The names of the categories that one is part of, the nearest first.
  func ancestors(of category: String) -> [String] {
    var ancestors: [String] = []
    var slug = slugs[category].flatMap { categories[$0]?.parent }
    // An export that was written by hand may make a circle of them.
    while let parent = slug.flatMap({ categories[$0] }), parent.name != category,
      !ancestors.contains(parent.name), ancestors.count < 20
    {
      ancestors.append(parent.name)
      slug = parent.parent
    }
    return ancestors
  }

  private mutating func addCategory(_ record: XMLElement) {
    let texts = record.childTexts
    guard let slug = texts["category_nicename"], let written = texts["cat_name"] else { return }
    let name = singleLine(plainText(ofHTML: written))
    categories[slug] = (name, texts["category_parent"]?.nonEmpty)
    slugs[name] = slug
  }

  private mutating func addAuthor(_ record: XMLElement) {
    let texts = record.childTexts
    guard let login = texts["author_login"], let name = texts["author_display_name"]
    else { return }
    authors[login] = singleLine(plainText(ofHTML: name)).nonEmpty
  }

  private mutating func add(_ address: String, as number: Int) {
    let start = addresses.count
    addresses += address.utf8
    attachments[number] = start..<addresses.count
  }
}

extension XMLElement {
  fileprivate var childTexts: [String: String] {
    Dictionary(children.map { ($0.name, $0.text) }) { first, _ in first }
  }
}
