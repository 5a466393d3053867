internal import CCurl
package import Model

/// What a server answered to a request by HTTP.
package struct HTTPResponse: Equatable, Sendable {
  package var status: Int
  /// The address that a redirect points to.
  package var redirect: String?
  /// The body, or its beginning where it is longer than the client takes.
  package var body: [UInt8]

  package var isSuccess: Bool { (200...299).contains(status) }
}

/// Makes requests by HTTP, one after the other; connections are kept between them.
///
/// It follows no redirect: libcurl would repeat a form as a GET (RFC 9110 §15.4.2), whose success
/// says nothing. libcurl is started by the first request.
package final class HTTPClient {
  /// What a request may cost.
  package struct Limits: Sendable {
    package var connecting: Interval
    package var total: Interval
    /// The bytes of a response's body that are read.
    package var body: Int

    package init(connecting: Interval, total: Interval, body: Int) {
      self.connecting = connecting
      self.total = total
      self.body = body
    }
  }

  private let limits: Limits
  private let authorities: String?
  private lazy var curl = makeHandle()

  /// - Parameters:
  ///   - limits: what each request may cost.
  ///   - authorities: a PEM file with the certificates to trust, instead of the system's.
  package init(limits: Limits, trusting authorities: String? = nil) {
    self.limits = limits
    self.authorities = authorities
  }

  /// Sends a form.
  package func post(
    _ form: [(name: String, value: String)],
    to address: String
  ) throws(HTTPError) -> HTTPResponse {
    let fields = form.map { percentEncoded($0.name) + "=" + percentEncoded($0.value) }
    curl.set(CURLOPT_COPYPOSTFIELDS, fields.joined(separator: "&"))
    return try response(from: address)
  }

  private func response(from address: String) throws(HTTPError) -> HTTPResponse {
    // libcurl would guess a scheme.
    guard ["http:", "https:"].contains(where: address.lowercased().hasPrefix)
    else { throw HTTPError(kind: .address, detail: address) }
    curl.set(CURLOPT_URL, address)
    let code = curl.perform()
    guard code == CURLE_OK || (code == CURLE_WRITE_ERROR && curl.isBodyCut)
    else { throw HTTPError(kind: HTTPError.Kind(code), detail: curl.words(for: code)) }
    return HTTPResponse(status: curl.status, redirect: curl.redirect, body: curl.body)
  }

  private func makeHandle() -> CurlHandle {
    let curl = CurlHandle()
    curl.speakHTTP(as: "feedgen", connecting: limits.connecting, trusting: authorities)
    curl.set(CURLOPT_TIMEOUT, Int(limits.total.seconds))
    curl.keepBody(upTo: limits.body)
    return curl
  }
}
