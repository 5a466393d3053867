/// Where addresses of strangers may lead.
struct Reach: Sendable {
  var allowed: Set<AllowedHost>
  /// The ports of the web.
  var ports: Set<Int>

  /// Whether the operator has named this host and port.
  func names(_ address: FetchAddress) -> Bool {
    allowed.contains(AllowedHost(host: address.host, port: address.port))
      || ports.contains(address.port)
        && allowed.contains(AllowedHost(host: address.host, port: nil))
  }

  /// Whether a private address may be at its end: no stranger has led there.
  func trusts(_ trail: FetchTrail) -> Bool {
    trail.addresses.allSatisfy(names)
  }

  /// Refuses what is no port of the web's; the address is looked at when it is connected to.
  func check(_ address: FetchAddress) throws(HTTPError) {
    guard !ports.contains(address.port), !names(address) else { return }
    let usual = ports.sorted().map { "\($0)" }.joined(separator: ", ")
    let detail = "port \(address.port) of \(printable(address.host)) is none of \(usual)"
    throw HTTPError(kind: .forbidden, detail: detail)
  }
}
