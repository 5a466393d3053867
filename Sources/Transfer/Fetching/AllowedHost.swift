internal import CCurl

/// A host that may be fetched from although its address, or its port, is none of the open web's.
package struct AllowedHost: Hashable, Sendable {
  package let host: String
  /// Nil for the usual ports.
  package let port: Int?

  init(host: String, port: Int?) {
    self.host = host
    self.port = port
  }

  /// Reads `host` or `host:port`; nil for any other text.
  package init?(_ text: String) {
    let url = CurlURL()
    guard url.set(CURLUPART_URL, "http://\(text)/", CURLU_DISALLOW_USER) == CURLUE_OK,
      url.get(CURLUPART_PATH) == "/", url.get(CURLUPART_QUERY) == nil,
      url.get(CURLUPART_FRAGMENT) == nil,
      let host = url.get(CURLUPART_HOST).flatMap(asciiDomain), !host.isEmpty
    else { return nil }
    self.init(host: host, port: url.get(CURLUPART_PORT).flatMap { Int($0) })
  }
}
