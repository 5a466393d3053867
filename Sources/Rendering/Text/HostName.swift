/// The host of a URL in lower case, where it is ASCII: `veille.example.org`.
func hostName(of url: String) -> String? {
  guard let scheme = url.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
  let authority = url[scheme...].dropFirst(3).utf8.prefix { !Array("/?#\\".utf8).contains($0) }
  let host = authority.split(separator: UInt8(ascii: "@")).last?.prefix { $0 != UInt8(ascii: ":") }
  guard let host, !host.isEmpty, let name = String(Substring(host).utf8) else { return nil }
  let isName = name.utf8.allSatisfy { byte in
    (48...57).contains(byte) || (97...122).contains(byte | 0x20) || byte == 45 || byte == 46
  }
  return isName ? name.lowercased() : nil
}
