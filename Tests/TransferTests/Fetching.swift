import Model
import TestSupport
import Transfer

/// Times that suit servers nearby.
var nearby: Fetcher.Limits {
  var limits = Fetcher.Limits()
  limits.connecting = Interval(seconds: 5)
  limits.total = Interval(seconds: 20)
  limits.patience = Interval(seconds: 10)
  return limits
}

extension HostileServer {
  /// A fetcher that may reach this server, at so many of its addresses.
  func fetcher(
    _ limits: Fetcher.Limits = nearby,
    hosts: Int = 1,
    trusting authorities: String? = nil
  ) -> Fetcher {
    let allowed = (1...hosts).compactMap { AllowedHost("127.0.0.\($0):\(port)") }
    return Fetcher(
      limits: limits,
      as: "feedgen/test",
      allowing: allowed,
      trusting: authorities
    )
  }
}

extension Fetcher {
  /// Fetches all, and gives what came of each, by its place.
  func fetchAll(_ requests: [FetchRequest]) -> [Result<Fetched, HTTPError>] {
    var outcomes: [Int: Result<Fetched, HTTPError>] = [:]
    fetch(requests) { outcomes[$0] = $1 }
    return requests.indices.compactMap { outcomes[$0] }
  }

  func fetchAll(_ addresses: [String]) -> [Result<Fetched, HTTPError>] {
    fetchAll(addresses.map { FetchRequest(address: $0) })
  }

  func document(_ address: String, _ validators: Validators = Validators()) throws -> Fetched {
    let request = FetchRequest(address: address, validators: validators)
    guard let outcome = fetchAll([request]).first else { throw Untold() }
    return try outcome.get()
  }

  /// Why an address is not fetched; nil if it is.
  func error(_ address: String) -> HTTPError? {
    guard case .failure(let error) = fetchAll([address]).first else { return nil }
    return error
  }
}

/// A request that ended without a word.
struct Untold: Error {}

extension Fetched {
  var text: String { String(decoding: body, as: UTF8.self) }
}
