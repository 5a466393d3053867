import Cryptography
import Model

/// How a file is read.
enum Format {
  case markdown, html, scrapedText

  /// By the extension of a name; plain text where it has none that is known.
  init(key: String) {
    switch nameAndExtension(of: key).1.lowercased() {
    case "md", "markdown": self = .markdown
    case "html", "htm": self = .html
    default: self = .scrapedText
    }
  }
}

/// The slug that a file's name gives.
///
/// Where nothing of the name can be one, it is made of the name's hash, so that it stays the same
/// in every run.
func slug(fromFileName key: String) -> Slug {
  let name = nameAndExtension(of: key).0
  if let slug = Slug(folding: String(name)) { return slug }
  let hash = Array(SHA256.hash(String(name)).prefix(5)).hexadecimal
  guard let slug = Slug("article-\(hash)") else { fatalError("hexadecimal digits are no slug") }
  return slug
}

/// `notes/minsk.md` is `minsk` and `md`.
private func nameAndExtension(of key: String) -> (Substring, Substring) {
  let name = key.split(separator: "/").last ?? ""
  guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return (name, "") }
  return (name[..<dot], name[name.index(after: dot)...])
}
