import Model
import Yams

/// The front matter's YAML as a list of keys and values, each with its place.
struct FrontMatterYAML {
  private(set) var pairs: [(key: Node, value: Node)] = []
  private(set) var problems: [Problem] = []

  init(_ text: ArticleText) {
    guard let lines = text.frontMatter else { return }
    if let problem = limits(of: lines, in: text) {
      problems.append(problem)
      return
    }
    var yaml = lines.map(String.init)
    for repeated in repeatedEntries(in: lines) {
      problems.append(repeated.problem(in: text))
      for index in repeated.lines { yaml[index] = "" }
    }
    read(yaml.joined(separator: "\n"), of: text)
  }

  private mutating func read(_ yaml: String, of text: ArticleText) {
    do {
      // Without a resolver's rules: what a scalar means is for its key to say. `no` is Norwegian.
      guard let root = try Yams.compose(yaml: yaml, Resolver.basic, .default, .utf8) else { return }
      guard let mapping = root.mapping else {
        problems.append(text.problem(notAMapping, at: root.place(in: text)))
        return
      }
      pairs = mapping.map { ($0.key, $0.value) }
    } catch let error as YamlError {
      problems.append(problem(error, in: text))
    } catch {
      problems.append(Problem(path: text.path, message: "the front matter is not YAML: \(error)"))
    }
  }
}

private let notAMapping = "the front matter is not a list of “key: value” lines"

/// What no front matter needs, and what makes YAML costly to read.
private func limits(of lines: [Substring], in text: ArticleText) -> Problem? {
  let bytes = lines.reduce(0) { $0 + $1.utf8.count + 1 }
  guard bytes <= 65_536 else {
    return text.problem(
      "the front matter has \(bytes) bytes, and at most 65536 are read; is its closing --- missing?",
      at: Place(line: text.firstLine, column: 1)
    )
  }
  // A key made of aliases of aliases takes time without bounds, and that needs many of both.
  guard count(of: "*", in: lines) <= 10 || count(of: "&", in: lines) < 2 else {
    return text.problem(
      "the front matter has too many anchors (&) and aliases (*); write the values out",
      at: Place(line: text.firstLine, column: 1)
    )
  }
  return nil
}

/// How often a sign stands where YAML takes it for the beginning of an anchor or alias.
private func count(of sign: Unicode.Scalar, in lines: [Substring]) -> Int {
  lines.reduce(0) { sum, line in
    let bytes = [UInt8(ascii: " ")] + line.utf8
    return sum
      + bytes.indices.dropFirst().count { index in
        bytes[index] == UInt8(ascii: sign) && " \t[{,:-?".utf8.contains(bytes[index - 1])
      }
  }
}

/// An entry of the mapping whose key was there before.
private struct RepeatedEntry {
  var key: Substring
  var first: Int
  var lines: Range<Int>

  func problem(in text: ArticleText) -> Problem {
    text.problem(
      "“\(key)” stands here for the second time; the first is on line \(text.firstLine + first)",
      at: Place(line: text.firstLine + lines.lowerBound, column: 1)
    )
  }
}

/// Found before the YAML is read, which would end with the first of them.
private func repeatedEntries(in lines: [Substring]) -> [RepeatedEntry] {
  let starts = lines.indices.filter { topLevelKey(of: lines[$0]) != nil } + [lines.count]
  var seen: [Substring: Int] = [:]
  var repeated: [RepeatedEntry] = []
  for (start, end) in zip(starts, starts.dropFirst()) {
    guard let key = topLevelKey(of: lines[start]) else { continue }
    if let first = seen[key] {
      repeated.append(RepeatedEntry(key: key, first: first, lines: start..<end))
    } else {
      seen[key] = start
    }
  }
  return repeated
}

/// The bare word before a colon at the very start of a line.
private func topLevelKey(of line: Substring) -> Substring? {
  let word = line.utf8.prefix(while: isKeyByte)
  let after = line.utf8[word.endIndex...]
  guard !word.isEmpty, after.first == UInt8(ascii: ":") else { return nil }
  let next = after.dropFirst().first
  return next == nil || next == 0x20 || next == 0x09 ? Substring(word) : nil
}

private func isKeyByte(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
    true
  default: false
  }
}

extension Node {
  func place(in text: ArticleText) -> Place {
    mark.map { Place($0, in: text) } ?? Place(line: text.firstLine, column: 1)
  }
}

extension Place {
  init(_ mark: Mark, in text: ArticleText) {
    self.init(line: mark.line + text.firstLine - 1, column: mark.column)
  }
}

/// libyaml's words, and what an editor would have to do.
private func problem(_ error: YamlError, in text: ArticleText) -> Problem {
  switch error {
  case .scanner(let context, let words, let mark, _),
    .parser(let context, let words, let mark, _),
    .composer(let context, let words, let mark, _):
    let place = Place(mark, in: text)
    if let context, words == endOfStream || text.line(place.line) == nil {
      let message = "the front matter is not YAML: what begins here is never ended"
      return text.problem(message, at: Place(context.mark, in: text))
    }
    let advice = advice(on: words, line: text.line(place.line) ?? "", column: place.column)
    return text.problem("the front matter is not YAML: \(words); \(advice)", at: place)
  case .duplicatedKeysInMapping(let keys, let context):
    let names = keys.map { "“\($0)”" }.joined(separator: ", ")
    return text.problem("\(names): there twice", at: Place(context.mark, in: text))
  case .reader(let words, _, _, _):
    return Problem(path: text.path, message: "the front matter is not YAML: \(words)")
  default:
    return Problem(path: text.path, message: "the front matter is not YAML")
  }
}

/// libyaml's words for a quotation mark that is never closed.
private let endOfStream = "found unexpected end of stream"

private func advice(on words: String, line: String, column: Int) -> String {
  let before = line.unicodeScalars.prefix(column)
  if before.allSatisfy({ $0 == " " || $0 == "\t" }), before.contains("\t") {
    return "indent with spaces, not with tabs"
  }
  return "a value with a colon, a bracket or the like must be in quotation marks: "
    + "title: \"Minsk : une ville\""
}
