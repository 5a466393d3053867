import Markup
import Model

/// What every reader of entries needs to know of the document.
struct FeedContext {
  /// Where the document is.
  let address: String
  let zone: Zone
  /// What relative addresses begin from, where the document says so (`xml:base`).
  private(set) var statedBase: String?

  init(address: String, zone: Zone) {
    self.address = address
    self.zone = zone
  }

  /// What relative addresses begin from.
  var base: String { statedBase ?? address }

  /// The same within an element, which may have a base of its own.
  func within(_ element: XMLElement) -> FeedContext {
    var context = self
    context.statedBase = resolve(element["xml:base"]) ?? statedBase
    return context
  }

  /// An absolute address; nil for none, which in a link would be the document itself.
  func resolve(_ text: String?) -> String? {
    text?.trimmingSpaces.nonEmpty.flatMap { resolvedAddress($0, base: base) }
  }

  /// The first of some dates that can be read; that none can is counted.
  func date(_ texts: [String?], _ repairs: inout Repairs) -> Instant? {
    let texts = texts.compactMap { $0?.trimmingSpaces.nonEmpty }
    let instant = texts.lazy.compactMap { Instant(entryDate: $0, in: zone) }.first
    if instant == nil, !texts.isEmpty { repairs.note(.pageDate) }
    return instant
  }

  func problem(_ message: String, line: Int? = nil) -> Problem {
    Problem(path: address, line: line, message: message)
  }
}
