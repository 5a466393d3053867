internal import CCurl
package import Model

extension CurlHandle {
  /// Sets the handle up to connect to a relay, and no further.
  func connect(to url: String, _ relay: Relay) {
    set(CURLOPT_URL, url)
    set(CURLOPT_CONNECT_ONLY, 1)
    set(CURLOPT_CONNECTTIMEOUT, 30)
    trustNobodyElse()
    set(CURLOPT_PROTOCOLS_STR, "smtp,smtps")
    let level = relay.security == .none ? CURLUSESSL_NONE : CURLUSESSL_ALL
    set(CURLOPT_USE_SSL, Int(level.rawValue))
    if let credentials = relay.credentials { authenticate(credentials) }
  }

  /// Environment and home folder have no say in where bytes go, and TLS is verified.
  func trustNobodyElse() {
    set(CURLOPT_NOSIGNAL, 1)
    // A handle that is given up does not wait for the thread that looks up its name.
    set(CURLOPT_QUICK_EXIT, 1)
    set(CURLOPT_PROXY, "")
    set(CURLOPT_NETRC, Int(CURL_NETRC_IGNORED.rawValue))
    set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
    set(CURLOPT_SSL_VERIFYPEER, 1)
    set(CURLOPT_SSL_VERIFYHOST, 2)
  }

  private func authenticate(_ credentials: Relay.Credentials) {
    set(CURLOPT_USERNAME, credentials.user)
    set(CURLOPT_PASSWORD, credentials.password.text)
    set(CURLOPT_LOGIN_OPTIONS, "AUTH=PLAIN;AUTH=LOGIN")
    set(CURLOPT_SASL_IR, 1)
  }

  /// libcurl goes on without authentication where the server offers none.
  func requireAuthentication(of relay: Relay) throws(SMTPConnectionError) {
    guard relay.credentials != nil, !replies.contains(where: { $0.hasPrefix("235") })
    else { return }
    throw SMTPConnectionError(
      kind: .authentication,
      server: relay.server,
      detail: "it offers neither AUTH PLAIN nor AUTH LOGIN"
    )
  }

  func error(_ code: CURLcode, of relay: Relay) -> SMTPConnectionError {
    SMTPConnectionError(
      kind: kind(of: code),
      server: relay.server,
      detail: words(for: code),
      reply: replies.last
    )
  }

  private func kind(of code: CURLcode) -> SMTPConnectionError.Kind {
    // A 4xx is said in passing, whatever libcurl makes of it: 421, or 454 for a login.
    if let reply = replies.last, reply.hasPrefix("4") { return .unreachable }
    return switch code {
    case CURLE_USE_SSL_FAILED: .noSTARTTLS
    case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ISSUER_ERROR: .certificate
    case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER, CURLE_SSL_CACERT_BADFILE:
      .tls
    case CURLE_LOGIN_DENIED, CURLE_AUTH_ERROR: .authentication
    case CURLE_WEIRD_SERVER_REPLY, CURLE_REMOTE_ACCESS_DENIED: .refused
    default: .unreachable
    }
  }
}

extension Relay {
  /// The name of the server in messages: `host:port`.
  package var server: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

  /// `smtp://host:port/ehlo-name`, the way libcurl is told the name to give in EHLO.
  func url() throws(SMTPConnectionError) -> String {
    if credentials != nil, security == .none {
      throw SMTPConnectionError(
        kind: .tls,
        server: server,
        detail: "a password is never sent without TLS, and mail.smtp asks for none"
      )
    }
    guard let name = asciiDomain(host), (1...65_535).contains(port), name.utf8.allSatisfy(isHost)
    else {
      throw SMTPConnectionError(kind: .unreachable, server: server, detail: "no name of a host")
    }
    let scheme = security == .implicitTLS ? "smtps" : "smtp"
    let authority = name.contains(":") ? "[\(name)]" : name
    return "\(scheme)://\(authority):\(port)/\(percentEncoded(ehloName))"
  }
}

private func isHost(_ byte: UInt8) -> Bool {
  isAlphanumeric(byte) || "-._:".utf8.contains(byte)
}

private func isAlphanumeric(_ byte: UInt8) -> Bool {
  (97...122).contains(byte) || (65...90).contains(byte) || (48...57).contains(byte)
}

func percentEncoded(_ text: String) -> String {
  text.utf8.map { byte in
    isAlphanumeric(byte) || "-._".utf8.contains(byte)
      ? String(UnicodeScalar(byte)) : percentEncoded(byte)
  }.joined()
}

func percentEncoded(_ byte: UInt8) -> String {
  "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
}
