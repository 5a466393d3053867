import Model

/// A place in a fragment for what differs between readers.
///
/// While templates are rendered it is U+0001, its name, U+0002 within the text; no other text has
/// these characters (see ``Swift/String/cleaned``). In a fragment it is
/// a line `=<name>`, which quoted-printable never has (RFC 2045 §6.7, rule 1). What a slot needs is
/// in its line, so that a fragment of an older version still makes the same message.
enum Slot {
  static let open = "\u{1}"
  static let close = "\u{2}"
  /// Where the address stands in a sentence that is to be wrapped.
  static let addressInSentence = "\u{3}"

  /// The reader's address.
  static let address = open + "address" + close
  /// The URL with which the reader unsubscribes.
  static let unsubscribe = open + "unsubscribe" + close
  /// The URL with which the reader changes what they chose.
  static let preferences = open + "preferences" + close
  /// The URL with which the reader leaves one topic.
  static func leave(_ topic: Slug) -> String { open + leavePrefix + topic.text + close }
  private static let leavePrefix = "leave "
  /// A sentence with the reader's address, wrapped when that is known.
  static func wrapped(_ sentence: String) -> String {
    open + "wrap " + Wrapping.singleLine(sentence) + close
  }

  /// Begins a fragment that has slots.
  static let mark = Array("=<>\r\n".utf8)

  /// What a slot is filled with.
  enum Name: Sendable {
    case address
    case unsubscribe
    case preferences
    case leave(topic: Slug)
    /// A sentence to wrap, in pieces between which the address stands.
    case sentence([String])

    /// Reads the name in a slot's line; nil for one that this version does not know.
    init?(_ text: String) {
      switch text {
      case "address": self = .address
      case "unsubscribe": self = .unsubscribe
      case "preferences": self = .preferences
      case _ where text.hasPrefix(leavePrefix):
        guard let topic = Slug(String(text.dropFirst(leavePrefix.count))) else { return nil }
        self = .leave(topic: topic)
      default:
        guard text.hasPrefix("wrap ") else { return nil }
        let pieces = text.dropFirst(5).split(
          separator: Character(Slot.addressInSentence),
          omittingEmptySubsequences: false
        )
        self = .sentence(pieces.map(String.init))
      }
    }
  }

  /// Encodes a rendered text: quoted-printable with a line for each slot.
  static func fragment(_ text: String) -> [UInt8] {
    let pieces = text.split(separator: Character(open), omittingEmptySubsequences: false)
    guard pieces.count > 1, let first = pieces.first else {
      return QuotedPrintable.encode(text.utf8)
    }
    var bytes = mark + QuotedPrintable.encode(first.utf8)
    for piece in pieces.dropFirst() {
      let parts = piece.split(separator: Character(close), maxSplits: 1)
      bytes += Array("=<\(parts.first ?? "")>\r\n".utf8)
      if parts.count == 2 { bytes += QuotedPrintable.encode(parts[1].utf8) }
    }
    return bytes
  }

  /// Cuts a fragment at its slots.
  static func pieces(of fragment: [UInt8]) -> [IssueFragments.Piece] {
    guard fragment.starts(with: mark) else { return [.text(fragment)] }
    var pieces: [IssueFragments.Piece] = []
    var position = mark.count
    while let slot = fragment.firstIndex(of: "=<", from: position),
      let end = fragment.firstIndex(of: ">\r\n", from: slot)
    {
      pieces.append(.text(Array(fragment[position..<slot])))
      let name = Name(String(decoding: fragment[(slot + 2)..<end], as: UTF8.self))
      if let name { pieces.append(.slot(name)) }
      position = end + 3
    }
    return pieces + [.text(Array(fragment[position...]))]
  }
}

/// Fragments of an issue by their numbers, cut at their slots once, however many messages they
