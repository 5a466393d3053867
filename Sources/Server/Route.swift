import Model
import Rendering

/// What a request is for, by its path.
enum Route: Equatable {
  case subscribe
  case confirm(String)
  case refuse(String)
  case leave(String)
  case preferences(String)
  case issue(String)
  case data(String)
  case erase(String)
  case move(String)
  case arrive(String)
  case stylesheet
  case health
  /// A file of the output folder, by its path below it.
  case file(String)
  case unknown

  /// - Parameter path: as it was sent, without the query.
  init(_ path: Substring, door: String, feeds: String) {
    self = Route(door: path, below: door) ?? Route(feed: path, below: feeds) ?? .unknown
  }

  private init?(door path: Substring, below folder: String) {
    guard path.utf8.starts(with: folder.utf8) else { return nil }
    let name = Substring(path.utf8.dropFirst(folder.utf8.count))
    switch name {
    case DoorPlace.subscribe[...]: self = .subscribe
    case DoorPlace.stylesheet[...]: self = .stylesheet
    case DoorPlace.health[...]: self = .health
    default:
      let places: [(String, (String) -> Route)] = [
        (DoorPlace.confirm, Route.confirm), (DoorPlace.refuse, Route.refuse),
        (DoorPlace.leave, Route.leave), (DoorPlace.preferences, Route.preferences),
        (DoorPlace.issue, Route.issue), (DoorPlace.data, Route.data),
        (DoorPlace.erase, Route.erase), (DoorPlace.move, Route.move),
        (DoorPlace.arrive, Route.arrive),
      ]
      guard let (place, route) = places.first(where: { name.utf8.starts(with: $0.0.utf8) })
      else { return nil }
      self = route(String(Substring(name.utf8.dropFirst(place.utf8.count))))
    }
  }

  /// Only a path whose every part is a plain name leads to a file: neither `..` nor a hidden file.
  private init?(feed path: Substring, below folder: String) {
    guard let decoded = percentDecoded(path.utf8, plusIsSpace: false),
      decoded.utf8.starts(with: folder.utf8)
    else { return nil }
    var name = String(Substring(decoded.utf8.dropFirst(folder.utf8.count)))
    if name.isEmpty || name.utf8.last == UInt8(ascii: "/") { name += "index.html" }
    let parts = name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard name.utf8.count <= 512, parts.allSatisfy(isPlainName) else { return nil }
    self = .file(name)
  }

  /// What is logged: no token, and no text that could be taken for something else.
  var logged: String {
    switch self {
    case .subscribe: "subscribe"
    case .confirm: "confirm"
    case .refuse: "refuse"
    case .leave: "unsubscribe"
    case .preferences: "preferences"
    case .issue: "issue"
    case .data: "data"
    case .erase: "erase"
    case .move: "move"
    case .arrive: "arrive"
    case .stylesheet: "stylesheet"
    case .health: "health"
    case .file(let path): path.utf8.allSatisfy(isPrintable) ? path : "file"
    case .unknown: "unknown"
    }
  }

  /// Whether its pages are for one reader only.
  var isPersonal: Bool {
    switch self {
    case .stylesheet, .health, .file, .unknown: false
    default: true
    }
  }

}

private func isPlainName(_ name: Substring.UTF8View) -> Bool {
  !name.isEmpty && name.first != UInt8(ascii: ".")
    && name.allSatisfy { $0 >= 0x20 && $0 != 0x7f && $0 != UInt8(ascii: "\\") }
}

private func isPrintable(_ byte: UInt8) -> Bool { (0x21...0x7e).contains(byte) }
