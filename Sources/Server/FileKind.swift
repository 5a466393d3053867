import Model

/// What a published file is, by its name.
enum FileKind {
  case page, subscription, archive, other

  init(_ path: String) {
    let name = path.split(separator: "/").last.map(String.init) ?? ""
    let formats = FeedFormat.allCases
    if path == WebEditionPlace.feed {
      // No hub is told of it.
      self = .other
    } else if formats.contains(where: { $0.fileName == name }) {
      self = .subscription
    } else if formats.contains(where: { name.hasSuffix("." + $0.fileName) }) {
      self = .archive
    } else {
      self = name.hasSuffix(".html") ? .page : .other
    }
  }
}

/// The media type of a published file, by its name.
func servedType(of path: String) -> String {
  let suffix = path.split(separator: "/").last ?? ""
  if let format = FeedFormat.allCases.first(where: { suffix.hasSuffix($0.fileName) }) {
    return format.mediaType + "; charset=utf-8"
  }
  let types = [
    ".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8",
    ".opml": "text/x-opml; charset=utf-8", ".svg": "image/svg+xml", ".png": "image/png",
    ".jpg": "image/jpeg",
  ]
  return types.first { suffix.hasSuffix($0.key) }?.value ?? "application/octet-stream"
}
