import Model
import Yams

/// Reads the text of a configuration into values.
///
/// libyaml stops at the first key that is written twice; a file has all its errors said at once.
/// So such a key is renamed, in place, and the text read again; the rename is undone in the values.
struct YAMLReader {
  let source: ConfigurationText
  /// The keys written twice, each under the letter that took the place of its first.
  private var doubles: [Unicode.Scalar: String] = [:]
  private var problems: [Problem] = []

  /// Kept as long as its nodes are looked at: they hold their anchors weakly.
  private var parser: Parser?

  private init(_ source: ConfigurationText) {
    self.source = source
  }

  /// The values of a file, and what is wrong with the way they are written.
  static func read(_ source: ConfigurationText) -> (value: YAMLValue?, problems: [Problem]) {
    var reader = YAMLReader(source)
    guard let node = reader.compose() else { return (nil, reader.problems) }
    let value = reader.value(node) { .file(line: $0.line, column: $0.column) }
    return (value, reader.problems)
  }

  /// The value of `--set key=…`, read as YAML.
  static func read(option key: String, _ text: String) -> (value: YAMLValue?, problems: [Problem]) {
    let place = Place.option(key: key)
    var reader = YAMLReader(ConfigurationText(path: "--set \(key)", text: text))
    do {
      guard let node = try reader.parse(text) else {
        return (YAMLValue(content: .nothing, place: place), [])
      }
      return (reader.value(node) { _ in place }, reader.problems)
    } catch {
      let message = "not a YAML value; put quotes around it, for instance '\(key)=\"…\"'"
      return (nil, [reader.source.problem(message, at: place)])
    }
  }
}

extension YAMLReader {
  private static let mostDoubles: UInt32 = 100

  private mutating func parse(_ text: String) throws -> Node? {
    // Without a resolver’s rules, whose patterns cost two milliseconds to compile: what a scalar
    // means is for its key to say.
    let parser = try Parser(yaml: text, resolver: .basic, constructor: Constructor([:], [:], [:]))
    self.parser = parser
    return try parser.singleRoot()
  }

  private mutating func compose() -> Node? {
    var text = source.text
    while true {
      do {
        return try parse(text)
      } catch YamlError.duplicatedKeysInMapping(let names, let context) {
        guard let name = names.first, let renamed = rename(name, at: context.mark, in: text) else {
          note("a key is here twice; remove one of them", at: context.mark)
          return nil
        }
        text = renamed
      } catch {
        note(error)
        return nil
      }
    }
  }

  /// The text with the first letter of a key replaced by one that nobody writes.
  private mutating func rename(_ key: String, at mark: Mark, in text: String) -> String? {
    guard doubles.count < Self.mostDoubles, let first = key.unicodeScalars.first,
      let letter = Unicode.Scalar(0xF0000 + UInt32(doubles.count))
    else { return nil }
    let scalars = text.unicodeScalars
    guard var index = index(of: mark, in: scalars) else { return nil }
    if scalars[index] == "\"" || scalars[index] == "'" { index = scalars.index(after: index) }
    guard index < scalars.endIndex, scalars[index] == first else { return nil }
    doubles[letter] = key
    var renamed = scalars
    renamed.replaceSubrange(index...index, with: [letter])
    return String(renamed)
  }

  private func index(
    of mark: Mark,
    in scalars: String.UnicodeScalarView
  ) -> String.UnicodeScalarView.Index? {
    var index = scalars.startIndex
    for _ in 1..<max(1, mark.line) {
      guard let end = scalars[index...].firstIndex(of: "\n") else { return nil }
      index = scalars.index(after: end)
    }
    return scalars.index(index, offsetBy: mark.column - 1, limitedBy: scalars.endIndex)
      .flatMap { $0 < scalars.endIndex ? $0 : nil }
  }
}

extension YAMLReader {
  private mutating func value(_ node: Node, place: (Mark) -> Place) -> YAMLValue {
    let position = node.mark.map(place) ?? .file(line: 1, column: 1)
    if node.anchor != nil {
      // Not entered: an anchor inside another, used often, is a text as large as one likes.
      note("anchors and aliases (“&”, “*”) are not read here; write the value out", at: position)
      return YAMLValue(content: .nothing, place: position)
    }
    switch node {
    case .scalar(let scalar):
      return YAMLValue(content: content(of: scalar), place: position)
    case .sequence(let sequence):
      return YAMLValue(
        content: .list(sequence.map { value($0, place: place) }),
        place: position
      )
    case .mapping(let mapping):
      return YAMLValue(content: .mapping(entries(of: mapping, place: place)), place: position)
    case .alias:
      return YAMLValue(content: .nothing, place: position)
    }
  }

  private func content(of scalar: Node.Scalar) -> YAMLValue.Content {
    let isQuoted = scalar.style != .plain && scalar.style != .any
    let isNothing = !isQuoted && ["", "~", "null", "Null", "NULL"].contains(scalar.string)
    return isNothing ? .nothing : .text(scalar.string, isQuoted: isQuoted)
  }

  private mutating func entries(
    of mapping: Node.Mapping,
    place: (Mark) -> Place
  ) -> [YAMLValue.Entry] {
    var entries: [YAMLValue.Entry] = []
    for (index, (key, node)) in mapping.enumerated() {
      let position = key.mark.map(place) ?? .file(line: 1, column: 1)
      guard case .scalar(let scalar) = key, key.anchor == nil else {
        note("a key is a word, not a list or a group of keys", at: position)
        continue
      }
      if let original = original(of: scalar.string) {
        noteDouble(original, at: position, before: mapping.dropFirst(index + 1).map(\.key), place)
        continue
      }
      let value = value(node, place: place)
      entries.append(YAMLValue.Entry(key: scalar.string, place: position, value: value))
    }
    return entries
  }

  /// What a renamed key was before.
  private func original(of key: String) -> String? {
    key.unicodeScalars.first.flatMap { doubles[$0] }
  }

  /// Says at the next place of a key where it was before.
  private mutating func noteDouble(
    _ key: String,
    at first: Place,
    before rest: [Node],
    _ place: (Mark) -> Place
  ) {
    let next = rest.first { node in
      node.scalar.map { $0.string == key || original(of: $0.string) == key } ?? false
    }
    guard case .file(let line, _) = first else { return }
    note(
      "“\(key)” is here twice (before in line \(line)); remove one",
      at: next?.mark.map(place) ?? first
    )
  }
}

extension YAMLReader {
  private mutating func note(_ message: String, at place: Place) {
    problems.append(source.problem(message, at: place))
  }

  private mutating func note(_ message: String, at mark: Mark) {
    note(message, at: .file(line: mark.line, column: mark.column))
  }

  private mutating func note(_ error: any Error) {
    switch error {
    case YamlError.scanner(_, let problem, let mark, _),
      YamlError.parser(_, let problem, let mark, _),
      YamlError.composer(_, let problem, let mark, _):
      note(explained(problem), at: mark)
    default:
      note("not YAML that can be read", at: .file(line: 1, column: 1))
    }
  }
}

/// What libyaml says, with what to do about it.
private func explained(_ problem: String) -> String {
  if problem.contains("cannot start any token") {
    return "this character cannot begin a value; indent with spaces, not tabs, "
      + "and put quotes around a text that begins with a sign"
  }
  if problem.contains("mapping values are not allowed") {
    return "a second “:” in a line; put quotes around a text that has “: ” in it or ends in “:”, "
      + "as an id does: id: \"tag:veille.example.org,2026:\""
  }
  if problem.contains("found another document") {
    return "a second document begins here; a configuration is one, so remove the line “---”"
  }
  return "not YAML: \(problem); look here and above for a missing quote, bracket or space "
    + "after “:”"
}
