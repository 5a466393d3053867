import Foundation

extension FeedDocument {
  /// Reads a JSON Feed; a member that is missing or of another type is an error that names it.
  init(json bytes: [UInt8], file: FeedFile) throws {
    let feed = try JSONDecoder().decode(JSONFeed.self, from: Data(bytes))
    self.init(file, title: feed.title)
    home = feed.homePage
    links = [DocumentLink(rel: "self", address: feed.address)]
    if let next = feed.next { links.append(DocumentLink(rel: "prev-archive", address: next)) }
    links += (feed.hubs ?? []).map { DocumentLink(rel: "hub", address: $0.url) }
    entries = feed.items.map { ListedEntry(json: $0, path: file.path) }
  }
}

/// What keeps bytes from being a JSON Feed, in words.
func description(ofJSON error: any Error) -> String {
  guard let error = error as? DecodingError else { return "\(error)" }
  switch error {
  case .keyNotFound(let key, let context):
    return "\(place(context)) has no “\(key.stringValue)”"
  case .typeMismatch(_, let context), .valueNotFound(_, let context):
    return "\(place(context)) has another type than JSON Feed wants"
  case .dataCorrupted(let context):
    return context.codingPath.isEmpty
      ? "not JSON" : "\(place(context)): \(context.debugDescription)"
  @unknown default:
    return "\(error)"
  }
}

/// Where a member is: `items[3].authors`.
private func place(_ context: DecodingError.Context) -> String {
  let path = context.codingPath.reduce(into: "") { path, key in
    if let index = key.intValue {
      path += "[\(index)]"
    } else {
      path += path.isEmpty ? key.stringValue : ".\(key.stringValue)"
    }
  }
  return path.isEmpty ? "the feed" : path
}

/// What feedgen writes of JSON Feed 1.1.
private struct JSONFeed: Decodable {
  var title: String
  var homePage: String
  var address: String
  var next: String?
  var hubs: [Hub]?
  var items: [Item]

  struct Hub: Decodable {
    var type: String
    var url: String
  }

  struct Author: Decodable {
    var name: String
  }

  struct Attachment: Decodable {
    var url: String
    var type: String

    enum CodingKeys: String, CodingKey {
      case url
      case type = "mime_type"
    }
  }

  enum CodingKeys: String, CodingKey {
    case version, title, hubs, items
    case homePage = "home_page_url"
    case address = "feed_url"
    case next = "next_url"
  }

  init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: CodingKeys.self)
    let version = try members.decode(String.self, forKey: .version)
    guard version == "https://jsonfeed.org/version/1.1" else {
      throw DecodingError.dataCorruptedError(
        forKey: .version,
        in: members,
        debugDescription: "“\(version)” is not the version that feedgen writes"
      )
    }
    title = try members.decode(String.self, forKey: .title)
    homePage = try members.decode(String.self, forKey: .homePage)
    address = try members.decode(String.self, forKey: .address)
    next = try members.decodeIfPresent(String.self, forKey: .next)
    hubs = try members.decodeIfPresent([Hub].self, forKey: .hubs)
    items = try members.decode([Item].self, forKey: .items)
  }

  struct Item: Decodable {
    var id: String
    var url: String
    var title: String
    var summary: String?
    var html: String?
    var text: String?
    var image: String?
    var published: String
    var updated: String
    var authors: [Author]
    var tags: [String]?
    var attachments: [Attachment]?

    enum CodingKeys: String, CodingKey {
      case id, url, title, summary, image, authors, tags, attachments
      case html = "content_html"
      case text = "content_text"
      case published = "date_published"
      case updated = "date_modified"
    }
  }
}

extension ListedEntry {
  fileprivate init(json item: JSONFeed.Item, path: String) {
    self.init(path: path, line: nil, id: item.id, title: item.title, address: item.url)
    published = WrittenDate(rfc3339: item.published)
    updated = WrittenDate(rfc3339: item.updated)
    authors = item.authors.map(\.name)
    topics = item.tags ?? []
    // One of the two contents is required; a text stands for a summary.
    summary = item.summary ?? item.text
    content = item.html
    resources = (item.image.map { [$0] } ?? []) + (item.attachments ?? []).map(\.url)
  }
}
