internal import Foundation

/// The authority with its host in lower case and ASCII; nil where there is no usable host.
func normalisedAuthority(_ authority: String) -> String? {
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
  // Markdown's parser writes a name in another script percent-encoded.
  guard let decoded = String(host).removingPercentEncoding else { return nil }
  return asciiHost(decoded).map { user + $0 + port }
}

private func asciiHost(_ host: String) -> String? {
  if host.hasPrefix("["), host.hasSuffix("]") {
    let isAddress = host.utf8.dropFirst().dropLast().allSatisfy {
      isHexadecimal($0) || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".")
    }
    return isAddress ? host.lowercased() : nil
  }
  // What else it had, such as the `@` of a `%40`, Foundation would take for more than a host.
  guard !host.isEmpty, host.utf8.allSatisfy({ $0 >= 0x80 || isHostByte($0) }) else { return nil }
  guard host.utf8.contains(where: { $0 >= 0x80 }) else { return host.lowercased() }
  let name = URL(string: "https://\(host)/")?.host(percentEncoded: false)?.lowercased()
  guard let name, !name.isEmpty, name.utf8.allSatisfy(isHostByte) else { return nil }
  return name
}

private func isHostByte(_ byte: UInt8) -> Bool {
  isASCIILetter(byte) || isASCIIDigit(byte) || "-._~".utf8.contains(byte)
}
