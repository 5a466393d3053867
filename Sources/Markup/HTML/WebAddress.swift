internal import Foundation

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

/// An address without host: `mailto:` and `tel:`.
private func opaque(_ scheme: String, _ parts: AddressParts) -> String? {
  let path = (parts.authority.map { "//\($0)" } ?? "") + parts.path
  guard !path.isEmpty else { return nil }
  return "\(scheme):\(path)\(parts.query.map { "?\($0)" } ?? "")"
}

/// Removes what browsers overlook: controls and spaces around, TAB and line ends within.
private func cleaned(_ text: String) -> [UInt8] {
  var bytes = text.utf8.filter { $0 != 0x09 && $0 != 0x0a && $0 != 0x0d }[...]
  bytes = bytes.drop { $0 <= 0x20 }
  while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
  return Array(bytes)
}

/// An address cut into its five parts, each percent-encoded where it must be.
private struct AddressParts {
  var scheme: String?
  var authority: String?
  var path = ""
  var query: String?
  var fragment: String?

  init(_ bytes: [UInt8]) {
    var rest = bytes[...]
    scheme = AddressParts.takeScheme(from: &rest)
    if let hash = rest.firstIndex(of: UInt8(ascii: "#")) {
      fragment = percentEncoded(rest[(hash + 1)...])
      rest = rest[..<hash]
    }
    if let mark = rest.firstIndex(of: UInt8(ascii: "?")) {
      query = percentEncoded(rest[(mark + 1)...])
      rest = rest[..<mark]
    }
    readHierarchy(rest)
  }

  private static func takeScheme(from rest: inout ArraySlice<UInt8>) -> String? {
    guard let colon = rest.firstIndex(of: UInt8(ascii: ":")), let first = rest.first,
      isASCIILetter(first), rest[..<colon].allSatisfy(isSchemeByte)
    else { return nil }
    defer { rest = rest[(colon + 1)...] }
    return String(decoding: rest[..<colon].map(lowercased), as: UTF8.self)
  }

  private mutating func readHierarchy(_ rest: ArraySlice<UInt8>) {
    let isWeb = scheme.map(WebAddress.fetched.contains) ?? true
    let rest = isWeb ? rest.map { $0 == UInt8(ascii: "\\") ? UInt8(ascii: "/") : $0 } : Array(rest)
    guard rest.starts(with: [UInt8(ascii: "/"), UInt8(ascii: "/")]) else {
      path = percentEncoded(rest[...])
      return
    }
    let afterSlashes = isWeb ? rest.drop { $0 == UInt8(ascii: "/") } : rest.dropFirst(2)
    let end = afterSlashes.firstIndex(of: UInt8(ascii: "/")) ?? afterSlashes.endIndex
    authority = String(decoding: afterSlashes[..<end], as: UTF8.self)
    path = percentEncoded(afterSlashes[end...])
  }
}

private func isSchemeByte(_ byte: UInt8) -> Bool {
  isASCIILetter(byte) || isASCIIDigit(byte) || "+-.".utf8.contains(byte)
}

/// The authority with its host in lower case and ASCII; nil where there is no usable host.
private func normalisedAuthority(_ authority: String) -> String? {
  let at = authority.utf8.lastIndex(of: UInt8(ascii: "@"))
  let user = at.map { percentEncoded(Array(authority.utf8[..<$0])[...]) + "@" } ?? ""
  var host = Substring(at.map { authority[$0...].dropFirst() } ?? authority[...])
  var port = ""
  if let colon = host.utf8.lastIndex(of: UInt8(ascii: ":")),
    host.utf8[colon...].dropFirst().allSatisfy(isASCIIDigit)
  {
    port = host[colon...].utf8.count > 1 ? String(host[colon...]) : ""
    host = host[..<colon]
  }
  return asciiHost(String(host)).map { user + $0 + port }
}

private func asciiHost(_ host: String) -> String? {
  if host.hasPrefix("["), host.hasSuffix("]") {
    let isAddress = host.utf8.dropFirst().dropLast().allSatisfy {
      isHexadecimal($0) || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".")
    }
    return isAddress ? host.lowercased() : nil
  }
  let name =
    host.utf8.allSatisfy { $0 < 0x80 }
    ? host.lowercased() : URL(string: "https://\(host)/")?.host(percentEncoded: false)
  guard let name, !name.isEmpty, name.utf8.allSatisfy(isHostByte) else { return nil }
  return name
}

private func isHostByte(_ byte: UInt8) -> Bool {
  isASCIILetter(byte) || isASCIIDigit(byte) || "-._~".utf8.contains(byte)
}

/// The path without its first slash and without `.` and `..` (RFC 3986 §5.2.4).
private func removingDotSegments(_ path: String) -> String {
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

/// Percent-encodes what RFC 3986 does not have, and percent signs that encode nothing.
private func percentEncoded(_ bytes: ArraySlice<UInt8>) -> String {
  var output: [UInt8] = []
  for (index, byte) in zip(bytes.indices, bytes) {
    let isReference =
      byte == UInt8(ascii: "%") && index + 2 < bytes.endIndex
      && isHexadecimal(bytes[index + 1]) && isHexadecimal(bytes[index + 2])
    if isReference || isAddressByte(byte) {
      output.append(byte)
    } else {
      output.append(UInt8(ascii: "%"))
      output.append(contentsOf: [byte >> 4, byte & 15].map(hexadecimalDigit))
    }
  }
  return String(decoding: output, as: UTF8.self)
}

private func hexadecimalDigit(_ value: UInt8) -> UInt8 {
  value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
}

/// The characters of RFC 3986 that may stand in a path, a query or a fragment.
private func isAddressByte(_ byte: UInt8) -> Bool {
  isASCIILetter(byte) || isASCIIDigit(byte) || "-._~!$&'()*+,;=:@/?".utf8.contains(byte)
}
