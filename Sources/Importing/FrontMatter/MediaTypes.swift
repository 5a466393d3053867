import Model

extension Enclosure {
  /// An enclosure of which only the address is known: its ending tells the type.
  init(guessing url: String) {
    let path = url.prefix { $0 != "?" && $0 != "#" }
    let name = path.split(separator: "/").last ?? ""
    let ending = name.split(separator: ".").dropFirst().last?.lowercased() ?? ""
    self.init(url: url, type: mediaTypes[ending] ?? "application/octet-stream")
  }
}

/// The text in lower case, where it is a type and a subtype (RFC 6838 §4.2).
func mediaType(_ text: String) -> String? {
  let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
  guard parts.count == 2, parts.allSatisfy({ (1...127).contains($0.count) }),
    parts.allSatisfy({ $0.allSatisfy(isMediaTypeByte) })
  else { return nil }
  return text.lowercased()
}

private func isMediaTypeByte(_ byte: UInt8) -> Bool {
  (48...57).contains(byte) || (97...122).contains(byte | 0x20) || "!#$&-^_.+".utf8.contains(byte)
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
