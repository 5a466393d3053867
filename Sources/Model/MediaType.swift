/// The media type of what lies at an address, by its ending; nil where that says nothing.
package func mediaType(of address: String) -> String? {
  let path = address.utf8.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
  let name = path.split(separator: UInt8(ascii: "/")).last ?? path[...]
  let ending = name.split(separator: UInt8(ascii: ".")).dropFirst().last
  return ending.flatMap { mediaTypes[String(Substring($0)).lowercased()] }
}

/// The types of what publications attach, as IANA registers them.
private let mediaTypes = [
  "aac": "audio/aac", "avif": "image/avif", "csv": "text/csv", "doc": "application/msword",
  "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  "epub": "application/epub+zip", "flac": "audio/flac", "gif": "image/gif",
  "gz": "application/gzip", "htm": "text/html", "html": "text/html", "jpeg": "image/jpeg",
  "jpg": "image/jpeg", "json": "application/json", "m4a": "audio/mp4", "m4v": "video/mp4",
  "md": "text/markdown", "mov": "video/quicktime", "mp3": "audio/mpeg", "mp4": "video/mp4",
  "odp": "application/vnd.oasis.opendocument.presentation",
  "ods": "application/vnd.oasis.opendocument.spreadsheet",
  "odt": "application/vnd.oasis.opendocument.text", "oga": "audio/ogg", "ogg": "audio/ogg",
  "ogv": "video/ogg", "opus": "audio/ogg", "pdf": "application/pdf", "png": "image/png",
  "ppt": "application/vnd.ms-powerpoint",
  "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
  "rtf": "application/rtf", "svg": "image/svg+xml", "tiff": "image/tiff", "txt": "text/plain",
  "vtt": "text/vtt", "wav": "audio/wav", "webm": "video/webm", "webp": "image/webp",
  "xls": "application/vnd.ms-excel",
  "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  "xml": "application/xml", "zip": "application/zip",
]
