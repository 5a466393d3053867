/// Why a request by HTTP got no response.
package struct HTTPError: Error, Equatable, CustomStringConvertible {
  package enum Kind: Equatable, Sendable {
    /// The address is none of http or https, or has a user name.
    case address
    /// The host, or its port, is none that may be reached.
    case forbidden
    /// Nobody is there.
    case unreachable
    /// It took longer than it may.
    case timedOut
    /// The certificate is not to be trusted, or not the host's.
    case certificate
    /// TLS failed otherwise.
    case tls
    /// The connection broke, or what came was not HTTP.
    case lost
    /// The body or the header is longer than it may be.
    case tooLarge
    /// Redirects lead in a circle, or too far.
    case redirects
    /// We were told to stop.
    case stopped
  }

  package var kind: Kind
  /// libcurl's words, or ours.
  package var detail: String

  package init(kind: Kind, detail: String) {
    self.kind = kind
    self.detail = detail
  }

  package var description: String { "\(failure) (\(detail))" }

  private var failure: String {
    switch kind {
    case .address: "is no address of http or https"
    case .forbidden: "may not be reached"
    case .unreachable: "cannot be reached"
    case .timedOut: "does not answer in time"
    case .certificate: "has a certificate that cannot be trusted"
    case .tls: "does not speak TLS 1.2 or later"
    case .lost: "does not answer as it should"
    case .tooLarge: "sends more than is taken"
    case .redirects: "is redirected without end"
    case .stopped: "was not fetched to the end"
    }
  }
}
