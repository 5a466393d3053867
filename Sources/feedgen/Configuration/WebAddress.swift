/// An absolute http or https URL in ASCII, as RFC 3986 writes it.
struct WebAddress {
  let text: String
  let host: String
  let hasQueryOrFragment: Bool

  /// The host, in lower case, is that of the authority; a name and password in it are refused.
  init?(_ text: String) {
    guard text.utf8.allSatisfy(isURLByte), let colon = text.firstIndex(of: ":") else { return nil }
    let scheme = text[..<colon].lowercased()
    let rest = text[colon...].dropFirst()
    guard scheme == "http" || scheme == "https", rest.hasPrefix("//") else { return nil }
    let authority = rest.dropFirst(2).prefix { !"/?#".contains($0) }
    guard let host = hostName(ofAuthority: authority.lowercased()) else { return nil }
    let path = rest.dropFirst(2 + authority.count)
    self.host = host
    self.text = "\(scheme)://\(authority.lowercased())\(path.hasPrefix("/") ? "" : "/")\(path)"
    hasQueryOrFragment = path.contains { $0 == "?" || $0 == "#" }
  }

  /// The address of a folder: it ends in a slash, so that names can be put behind it.
  var folder: String { text.hasSuffix("/") ? text : text + "/" }
}

/// The bytes of RFC 3986's characters; `"`, `<`, `>`, `\`, `^`, `` ` ``, `{`, `|`, `}` are none.
private func isURLByte(_ byte: UInt8) -> Bool {
  (0x21...0x7e).contains(byte) && !Array("\"<>\\^`{|}".utf8).contains(byte)
}

private func hostName(ofAuthority authority: String) -> String? {
  guard let (host, port) = splitPort(authority), port.map({ (1...65_535).contains($0) }) ?? true
  else { return nil }
  return host
}

/// Whether a host, as it stands in a URL, is this machine.
func isLoopback(_ host: String) -> Bool {
  let numbers = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
  return host == "localhost" || host == "[::1]"
    || numbers.count == 4 && numbers[0] == 127 && !numbers.contains(nil)
}

/// The host and the port of an authority (RFC 3986 §3.2); nil where either is malformed.
///
/// An IPv6 address keeps its brackets.
func splitPort(_ authority: String) -> (host: String, port: Int?)? {
  var host = Substring(authority)
  var port: Int?
  if let colon = authority.lastIndex(of: ":"), !authority[colon...].contains("]") {
    let digits = authority[colon...].dropFirst()
    guard (1...5).contains(digits.utf8.count), let number = Int(digits), number >= 0,
      digits.first != "+"
    else { return nil }
    port = number
    host = authority[..<colon]
  }
  return isHost(host) ? (String(host), port) : nil
}

private func isHost(_ host: Substring) -> Bool {
  if host.hasPrefix("["), host.hasSuffix("]") {
    return host.utf8.count > 3
      && host.dropFirst().dropLast().utf8.allSatisfy { isHexDigit($0) || $0 == 58 || $0 == 46 }
  }
  return isHostName(host)
}

/// Whether a text is a host name in ASCII: letters, digits and hyphens between full stops.
func isHostName(_ host: Substring) -> Bool {
  let labels = host.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
  return host.utf8.count <= 253
    && labels.allSatisfy { label in
      (1...63).contains(label.count) && label.first != 45 && label.last != 45
        && label.allSatisfy { isLetterOrDigit($0) || $0 == 45 }
    }
}

private func isHexDigit(_ byte: UInt8) -> Bool {
  (48...57).contains(byte) || (97...102).contains(byte | 0x20)
}

private func isLetterOrDigit(_ byte: UInt8) -> Bool {
  (48...57).contains(byte) || (97...122).contains(byte | 0x20)
}
