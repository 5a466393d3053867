internal import CCurl

/// An address of http or https, as it is asked for.
struct FetchAddress: Hashable, Sendable {
  /// In ASCII, without a fragment.
  let text: String
  /// In lower case; a number of IPv4 in its usual form, one of IPv6 in brackets.
  let host: String
  let port: Int

  /// Reads an address.
  ///
  /// - Parameters:
  ///   - text: the address, in any script.
  ///   - base: what it is relative to, if it is.
  init(_ text: String, from base: FetchAddress? = nil) throws(HTTPError) {
    let url = CurlURL()
    if let base { url.set(CURLUPART_URL, base.text) }
    let code = url.set(CURLUPART_URL, text, readingFlags)
    guard code != CURLUE_USER_NOT_ALLOWED else { throw secretRefusal }
    guard code == CURLUE_OK else { throw refusal(of: text, words(for: code)) }
    // libcurl would convert a name in another script by the locale, which under cron is C.
    guard ["http", "https"].contains(url.get(CURLUPART_SCHEME)),
      let host = url.get(CURLUPART_HOST).flatMap(asciiDomain), !host.isEmpty,
      url.set(CURLUPART_HOST, host) == CURLUE_OK
    else { throw refusal(of: text, nil) }
    url.set(CURLUPART_FRAGMENT, nil)
    guard let whole = url.get(CURLUPART_URL),
      let port = url.get(CURLUPART_PORT, CURLU_DEFAULT_PORT).flatMap({ Int($0) })
    else { throw refusal(of: text, nil) }
    (self.text, self.host, self.port) = (whole, host, port)
  }
}

/// Other schemes are read too, so that they can be named; a user name never is.
private let readingFlags =
  CURLU_NON_SUPPORT_SCHEME | CURLU_DISALLOW_USER | CURLU_URLENCODE | CURLU_ALLOW_SPACE

private func refusal(of address: String, _ words: String?) -> HTTPError {
  let detail = words.map { "\($0): " } ?? ""
  return HTTPError(kind: .address, detail: detail + printable(address))
}

/// Does not repeat the address, which may hold a password.
private let secretRefusal = HTTPError(
  kind: .address,
  detail: "it has a user name or a password, which is never sent"
)

/// A stranger's text, fit for a message: in one line, in ASCII and not too long.
func printable(_ text: String) -> String {
  let most = 200
  let shown = text.utf8.prefix(most).map { byte in
    (0x21...0x7e).contains(byte) ? String(UnicodeScalar(byte)) : percentEncoded(byte)
  }
  return shown.joined() + (text.utf8.count > most ? "…" : "")
}
