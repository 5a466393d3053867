internal import CCurl
internal import Model

extension CurlHandle {
  /// Sets the handle up for HTTP, one request at a time and no redirect followed.
  ///
  /// - Parameters:
  ///   - agent: what it calls itself.
  ///   - time: how long connecting may take.
  ///   - authorities: a PEM file with the certificates to trust, instead of the system's.
  func speakHTTP(as agent: String, connecting time: Interval, trusting authorities: String?) {
    trustNobodyElse()
    set(CURLOPT_PROTOCOLS_STR, "http,https")
    set(CURLOPT_HTTP09_ALLOWED, 0)
    set(CURLOPT_FOLLOWLOCATION, 0)
    set(CURLOPT_CONNECTTIMEOUT, Int(time.seconds))
    set(CURLOPT_USERAGENT, agent)
    if let authorities { set(CURLOPT_CAINFO, authorities) }
  }
}

extension HTTPError.Kind {
  init(_ code: CURLcode) {
    self =
      switch code {
      case CURLE_URL_MALFORMAT: .address
      case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_CONNECT: .unreachable
      case CURLE_OPERATION_TIMEDOUT: .timedOut
      case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ISSUER_ERROR: .certificate
      case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
        CURLE_SSL_CACERT_BADFILE:
        .tls
      default: .lost
      }
  }
}
