/// The media type of an image, by the end of its address; nil where that says nothing.
func imageType(of address: String) -> String? {
  let path = address.utf8.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
  let name = path.split(separator: UInt8(ascii: "/")).last
  guard let ending = name?.split(separator: UInt8(ascii: ".")).last else { return nil }
  return imageTypes[String(Substring(ending)).lowercased()]
}

private let imageTypes = [
  "avif": "image/avif", "gif": "image/gif", "jpeg": "image/jpeg", "jpg": "image/jpeg",
  "png": "image/png", "svg": "image/svg+xml", "webp": "image/webp",
]
