/// Every address that a page links to or shows, absolute, in the page's order.
///
/// - Parameters:
///   - html: a whole page.
///   - address: where the page itself is.
package func linkedAddresses(
  inPage html: String,
  at address: String
) throws(HTMLError) -> [String] {
  let base = WebAddress(address)
  return try parsePage(html).tokens.flatMap { token -> [String] in
    guard case .open(let element) = token else { return [] }
    return ["href", "src"].compactMap { name in
      element[name].flatMap {
        WebAddress.resolve($0, against: base, allowing: WebAddress.fetched)
      }
    }
  }
}

/// The feeds that a page names in its head, absolute, in the page's order.
package func feedAddresses(
  inPage html: String,
  at address: String
) throws(HTMLError) -> [String] {
  let types: Set = ["application/rss+xml", "application/atom+xml", "application/feed+json"]
  return try parsePage(html).tokens.compactMap { token in
    guard case .open(let element) = token, element.name == "link",
      element["rel"]?.lowercased() == "alternate", let type = element["type"]?.lowercased(),
      types.contains(type)
    else { return nil }
    return element["href"].flatMap { resolvedAddress($0, base: address) }
  }
}

/// An http or https address as a browser would take it, absolute and in ASCII; nil where it is
/// none.
package func resolvedAddress(_ text: String, base: String?) -> String? {
  WebAddress.resolve(text, against: base.flatMap(WebAddress.init), allowing: WebAddress.fetched)
}

/// Whether a text is an absolute http or https address, in ASCII, that needs no mending.
package func isWebAddress(_ text: String) -> Bool {
  if isResolved(text) { return true }
  // Browsers would overlook a slash too many.
  let rest = text.utf8.drop { $0 != UInt8(ascii: ":") }
  return text.utf8.allSatisfy { (0x21...0x7e).contains($0) && !"\"<>\\^`{|}".utf8.contains($0) }
    && rest.starts(with: "://".utf8) && rest.dropFirst(3).first != UInt8(ascii: "/")
    && WebAddress(text) != nil
}
