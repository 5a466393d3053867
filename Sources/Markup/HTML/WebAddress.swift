/// The parts of an absolute address with a host, to resolve others against (RFC 3986 §5).
struct WebAddress {
  var scheme: String
  /// The host, with user and port where there are any.
  var authority: String
  /// Starts with a slash.
  var path: String
  /// With its question mark; empty where there is none.
  var query: String

  static let followed: Set<String> = ["http", "https", "mailto", "tel"]
  static let fetched: Set<String> = ["http", "https"]

  /// Takes an absolute http or https address; nil for any other text.
  init?(_ text: String) {
    let parts = AddressParts(cleaned(text))
    guard let scheme = parts.scheme, WebAddress.fetched.contains(scheme),
      let authority = parts.authority.flatMap(normalisedAuthority)
    else { return nil }
    self.scheme = scheme
    self.authority = authority
    path = "/" + removingDotSegments(parts.path)
    query = parts.query.map { "?\($0)" } ?? ""
  }

  /// An address as a browser would take it, absolute and in ASCII; nil where it may not be used.
  ///
  /// The scheme is looked at after everything that browsers overlook has gone.
  static func resolve(
    _ text: String,
    against base: WebAddress?,
    allowing schemes: Set<String>
  ) -> String? {
    if schemes.isSuperset(of: fetched), isResolved(text) { return text }
    let parts = AddressParts(cleaned(text))
    guard let scheme = parts.scheme ?? base?.scheme ?? (parts.authority == nil ? nil : "https"),
      schemes.contains(scheme)
    else { return nil }
    guard fetched.contains(scheme) else { return opaque(scheme, parts) }
    let fragment = parts.fragment.map { "#\($0)" } ?? ""
    if let authority = parts.authority {
      let scheme = parts.scheme ?? "https"
      guard let authority = normalisedAuthority(authority) else { return nil }
      let query = parts.query.map { "?\($0)" } ?? ""
      return "\(scheme)://\(authority)/\(removingDotSegments(parts.path))\(query)\(fragment)"
    }
    guard let base, parts.scheme == nil || parts.scheme == base.scheme else { return nil }
    return "\(base.root)\(base.target(of: parts))\(fragment)"
  }

  private var root: String { "\(scheme)://\(authority)" }

  /// The path and query that a relative address means (RFC 3986 §5.2.2).
  private func target(of parts: AddressParts) -> String {
    let query = parts.query.map { "?\($0)" }
    if parts.path.isEmpty { return path + (query ?? self.query) }
    if parts.path.hasPrefix("/") { return "/\(removingDotSegments(parts.path))\(query ?? "")" }
    let end = path.utf8.lastIndex(of: UInt8(ascii: "/")) ?? path.startIndex
    return "/\(removingDotSegments("\(path[..<end])/\(parts.path)"))\(query ?? "")"
  }
}

/// Whether an address is one that is found on the web and written as `resolve` would write it, as
/// most are.
///
/// Some others are too: those with a port, a percent sign, or a dot behind a slash.
func isResolved(_ address: String) -> Bool {
  let bytes = address.utf8
  let scheme = bytes.prefix { $0 != UInt8(ascii: "/") }
  guard scheme.elementsEqual("https:".utf8) || scheme.elementsEqual("http:".utf8) else {
    return false
  }
  let rest = bytes[scheme.endIndex...]
  guard rest.starts(with: "//".utf8) else { return false }
  let host = rest.dropFirst(2).prefix(while: isResolvedHostByte)
  return !host.isEmpty && isResolvedTarget(bytes[host.endIndex...])
}

private func isResolvedHostByte(_ byte: UInt8) -> Bool {
  (97...122).contains(byte) || isASCIIDigit(byte) || "-.".utf8.contains(byte)
}

/// Whether nothing is to be encoded in a path, a query and a fragment, and no segment removed.
private func isResolvedTarget(_ target: Substring.UTF8View) -> Bool {
  var previous: UInt8 = 0
  var isInFragment = false
  for byte in target {
    if byte == UInt8(ascii: "#"), !isInFragment {
      isInFragment = true
    } else if !isAddressByte(byte) || (byte == UInt8(ascii: ".") && previous == UInt8(ascii: "/")) {
      return false
    }
    previous = byte
  }
  return target.first == UInt8(ascii: "/")
}

/// An address without host: `mailto:` and `tel:`.
private func opaque(_ scheme: String, _ parts: AddressParts) -> String? {
  let path = (parts.authority.map { "//\($0)" } ?? "") + parts.path
  guard !path.isEmpty else { return nil }
  return "\(scheme):\(path)\(parts.query.map { "?\($0)" } ?? "")"
}

/// The path without its first slash and without `.` and `..` (RFC 3986 §5.2.4).
func removingDotSegments(_ path: String) -> String {
  var kept: [Substring.UTF8View] = []
  let segments = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
  let given = path.utf8.first == UInt8(ascii: "/") ? segments.dropFirst() : segments[...]
  for (index, segment) in given.enumerated() {
    let isLast = index == given.count - 1
    switch dots(in: segment) {
    case 1: if isLast { kept.append("".utf8[...]) }
    case 2:
      if !kept.isEmpty { kept.removeLast() }
      if isLast { kept.append("".utf8[...]) }
    default: kept.append(segment)
    }
  }
  return kept.map { String(Substring($0)) }.joined(separator: "/")
}

/// 1 for `.`, 2 for `..`, also where they are percent-encoded; 0 for any other segment.
private func dots(in segment: Substring.UTF8View) -> Int {
  switch String(Substring(segment)).lowercased() {
  case ".", "%2e": 1
  case "..", ".%2e", "%2e.", "%2e%2e": 2
  default: 0
  }
}
