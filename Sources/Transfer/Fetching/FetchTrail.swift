internal import CCurl

/// A request on its way from redirect to redirect.
struct FetchTrail: Sendable {
  /// The request's place among those that were made.
  let index: Int
  let request: FetchRequest
  /// Where the document is looked for now.
  private(set) var address: FetchAddress
  /// Where permanent redirects alone have led.
  private(set) var movedTo: FetchAddress?
  /// How long it has been under way.
  var spent = Duration.zero
  private var earlier: [FetchAddress] = []
  private var isMovedForGood = true

  init(_ index: Int, _ request: FetchRequest, at address: FetchAddress) {
    self.index = index
    self.request = request
    self.address = address
  }

  /// All addresses, from the first on.
  var addresses: [FetchAddress] { earlier + [address] }

  /// Goes on to where a redirect points.
  mutating func follow(_ location: String, status: Int, atMost most: Int) throws(HTTPError) {
    let next = try FetchAddress(location, from: address)
    let isCircle = addresses.contains(next)
    guard !isCircle, earlier.count < most else {
      let chain = (addresses + [next]).map { printable($0.text) }.joined(separator: " → ")
      throw HTTPError(kind: .redirects, detail: (isCircle ? "in a circle: " : "") + chain)
    }
    isMovedForGood = isMovedForGood && (status == 301 || status == 308)
    if isMovedForGood { movedTo = next }
    earlier.append(address)
    address = next
  }

  /// Says of an error where redirects had led.
  func placed(_ error: HTTPError) -> HTTPError {
    guard !earlier.isEmpty, error.kind != .redirects else { return error }
    let place = "redirected to \(printable(address.text))"
    return HTTPError(kind: error.kind, detail: "\(error.detail); \(place)")
  }
}
