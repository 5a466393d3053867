import Markup
import Model

/// One item of an export, with the fields that WordPress gives it.
struct WordPressPost {
  let element: XMLElement
  private(set) var number: Int?
  private(set) var type = "post"
  private(set) var status = "publish"
  private(set) var hasPassword = false
  private(set) var attachment: String?
  /// The number of the picture that stands for it.
  private(set) var picture: Int?

  private(set) var guid: String?
  private(set) var title = ""
  private(set) var link: String?
  private(set) var content = ""
  private(set) var excerpt = ""
  private(set) var author: String?
  private(set) var categories: [String] = []
  private(set) var name: String?
  private(set) var enclosures: [Enclosure] = []
  private(set) var footnotes: String?
  /// By the names of their elements: `post_date_gmt`.
  private(set) var dates: [String: String] = [:]

  init(_ element: XMLElement) {
    self.element = element
    for child in element.children {
      if isWordPress(child.namespace) { read(own: child) } else { read(child) }
    }
  }

  private mutating func read(own child: XMLElement) {
    switch child.name {
    case "post_id": number = Int(child.text.trimmingSpaces)
    case "post_type": type = child.text.trimmingSpaces
    case "status": status = child.text.trimmingSpaces
    case "post_password": hasPassword = !child.text.isEmpty
    case "attachment_url": attachment = webAddress(child.text.trimmingSpaces)
    case "post_name": name = child.text.nonEmpty
    case "postmeta": readMeta(child)
    case "encoded": excerpt = child.text
    case let name where name.hasPrefix("post_date") || name.hasPrefix("post_modified"):
      dates[name] = child.text.trimmingSpaces
    default: break
    }
  }

  private mutating func read(_ child: XMLElement) {
    switch child.name {
    case "guid": guid = child.text.trimmingSpaces.nonEmpty
    case "title": title = child.text
    case "link": link = webAddress(child.text.trimmingSpaces)
    case "encoded": content = child.text
    case "creator": author = singleLine(child.text).nonEmpty
    case "pubDate": dates[child.name] = child.text
    // Only categories are a publication's subjects; tags are words.
    case "category" where child["domain"] == nil || child["domain"] == "category": add(child)
    default: break
    }
  }

  /// A name may have references in it, which WordPress stores as they are.
  private mutating func add(_ category: XMLElement) {
    let name = singleLine(plainText(ofHTML: category.text))
    guard !name.isEmpty, categories.count < SourceEntry.mostOfAKind, !categories.contains(name)
    else { return }
    categories.append(name)
  }

  private mutating func readMeta(_ meta: XMLElement) {
    let fields = meta.children
    let value = fields.first { $0.name == "meta_value" }?.text ?? ""
    switch fields.first(where: { $0.name == "meta_key" })?.text {
    case "_thumbnail_id": picture = Int(value.trimmingSpaces)
    case "footnotes": footnotes = value
    case "enclosure": enclosures += [Enclosure(meta: value)].compactMap { $0 }
    default: break
    }
  }
}

extension Enclosure {
  /// Reads what WordPress keeps of a file that a post links to: its address, length and type, each
  /// on a line.
  fileprivate init?(meta: String) {
    let lines = meta[...].lines.map { String($0.trimmingSpaces) }
    guard let url = lines.first.flatMap(webAddress) else { return nil }
    self.init(guessing: url)
    length = lines.dropFirst().first.flatMap { Int64($0) }.flatMap { $0 > 0 ? $0 : nil }
    type = lines.dropFirst(2).first.flatMap { mediaType($0) } ?? type
  }
}

/// Each version of WordPress has a namespace of its own.
func isWordPress(_ namespace: String) -> Bool {
  namespace.hasPrefix("http://wordpress.org/export/")
}
