import Model
import Yams

extension Catalog {
  /// Reads a file of strings.
  init(language: Language, file: TemplateFile) throws(Problem) {
    let reader = try StringsReader(file)
    self.language = language
    self.months = try reader.list("months", count: 12)
    self.weekdays = try reader.list("weekdays", count: 7)
    self.singular = try reader.numbers("singular")
    self.phrases = [:]
    for key in PhraseKey.allCases { phrases[key] = try reader.forms(key) }
    try reader.refuseUnknownKeys()
  }
}

/// The keys and values of a file of strings, with their places.
private struct StringsReader {
  private static let lists = ["singular", "months", "weekdays"]

  let file: TemplateFile
  let mapping: Node.Mapping

  init(_ file: TemplateFile) throws(Problem) {
    self.file = file
    let root: Node?
    do {
      root = try compose(yaml: file.text)
    } catch {
      throw yamlProblem(error, in: file)
    }
    guard let mapping = root?.mapping else {
      throw Problem(path: file.path, message: "this must be keys with their messages")
    }
    self.mapping = mapping
  }

  func node(_ key: String) throws(Problem) -> Node {
    guard let node = mapping[key] else {
      throw Problem(path: file.path, message: "the message “\(key)” is missing")
    }
    return node
  }

  func list(_ key: String, count: Int) throws(Problem) -> [String] {
    let node = try node(key)
    let words = node.sequence?.compactMap { $0.scalar?.string } ?? []
    guard words.count == count else {
      throw problem(node, "“\(key)” must be a list of \(count) words")
    }
    return words
  }

  func numbers(_ key: String) throws(Problem) -> Set<Int> {
    let node = try node(key)
    guard let numbers = node.sequence?.map(\.int), !numbers.contains(nil) else {
      throw problem(node, "“\(key)” must be a list of numbers: [1]")
    }
    return Set(numbers.compactMap { $0 })
  }

  func forms(_ key: PhraseKey) throws(Problem) -> Catalog.Forms {
    let node = try node(key.rawValue)
    if let text = node.scalar?.string {
      let phrase = try phrase(text, at: node, of: key)
      return Catalog.Forms(one: phrase, other: phrase)
    }
    guard key.variables.contains("n"), let forms = node.mapping, let one = forms["one"],
      let other = forms["other"], let oneText = one.scalar?.string,
      let otherText = other.scalar?.string
    else {
      let forms = key.variables.contains("n") ? ", or the forms “one” and “other”" : ""
      throw problem(node, "“\(key.rawValue)” must be a text\(forms)")
    }
    return Catalog.Forms(
      one: try phrase(oneText, at: one, of: key),
      other: try phrase(otherText, at: other, of: key)
    )
  }

  private func phrase(_ text: String, at node: Node, of key: PhraseKey) throws(Problem) -> Phrase {
    let phrase = Phrase(text)
    guard let unknown = phrase.variables.first(where: { !key.variables.contains($0) }) else {
      return phrase
    }
    let known = key.variables.sorted().map { "{\($0)}" }.joined(separator: ", ")
    throw problem(
      node,
      "“\(key.rawValue)” has no {\(unknown)}; it may name \(known.isEmpty ? "nothing" : known)"
    )
  }

  func refuseUnknownKeys() throws(Problem) {
    let known = Self.lists + PhraseKey.allCases.map(\.rawValue)
    for key in mapping.keys {
      let name = key.scalar?.string ?? ""
      guard !known.contains(name) else { continue }
      let hint = nearestName(to: name, among: known).map { "; did you mean “\($0)”?" } ?? ""
      throw problem(key, "there is no message “\(name)”\(hint)")
    }
  }

  private func problem(_ node: Node, _ message: String) -> Problem {
    file.problem(line: node.mark?.line, column: node.mark?.column, message)
  }
}

private func yamlProblem(_ error: any Error, in file: TemplateFile) -> Problem {
  switch error as? YamlError {
  case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
    .composer(_, let problem, let mark, _):
    file.problem(line: mark.line, column: mark.column, problem)
  case .duplicatedKeysInMapping(let duplicates, let context):
    file.problem(
      line: context.mark.line,
      column: context.mark.column,
      "twice the same key: \(duplicates.joined(separator: ", "))"
    )
  default:
    Problem(path: file.path, message: "this is not YAML: \(error)")
  }
}
