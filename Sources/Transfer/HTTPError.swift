/// Why a request by HTTP got no response.
package struct HTTPError: Error, Equatable, CustomStringConvertible {
  package enum Kind: Equatable, Sendable {
    /// The address is none of http or https.
    case address
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
  }

  package var kind: Kind
  /// libcurl's words.
  package var detail: String

  package var description: String { "\(failure) (\(detail))" }

  private var failure: String {
    switch kind {
    case .address: "is no address of http or https"
    case .unreachable: "cannot be reached"
    case .timedOut: "does not answer in time"
    case .certificate: "has a certificate that cannot be trusted"
    case .tls: "does not speak TLS 1.2 or later"
    case .lost: "does not answer as it should"
    }
  }
}
