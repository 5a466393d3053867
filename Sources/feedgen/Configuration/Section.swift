import Model

/// The keys of one group of a configuration.
///
/// A value that is missing or wrong is noted, and reading goes on: the caller gets nil, and looks
/// at the findings when all is read.
struct Section {
  /// How a person names it: `site`, `topics[0]`; empty for the whole file.
  let name: String
  let place: Place
  let findings: Findings
  private let values: [String: YAMLValue]
  /// The keys that were meant by those that nobody knows, so that one mistake is said once; all
  /// where the group is none.
  private var misspelt: Set<String> = []

  /// Takes the keys of a value, and notes those that nobody knows.
  ///
  /// - Parameters:
  ///   - known: the keys that this version reads.
  ///   - later: the keys of the design that this version does not have yet.
  init(
    _ value: YAMLValue,
    name: String,
    known: [String],
    later: [String] = [],
    findings: Findings
  ) {
    self.name = name
    self.place = value.place
    self.findings = findings
    switch value.content {
    case .mapping(let entries):
      values = Dictionary(entries.map { ($0.key, $0.value) }) { first, _ in first }
      for entry in entries where !known.contains(entry.key) {
        noteUnknown(entry, known: known, later: later)
        nearestName(to: entry.key, among: known).map { _ = misspelt.insert($0) }
      }
    case .nothing:
      values = [:]
    case .text, .list:
      values = [:]
      misspelt = Set(known)
      let example = known.first.map { "“\($0):”" } ?? "keys"
      let subject = name.isEmpty ? "the configuration" : "“\(name)”"
      note("\(subject) is \(value.kind), but a group of keys is expected, such as \(example)")
    }
  }

  /// Notes something about the group as a whole.
  func note(_ message: String) {
    findings.note(message, at: place)
  }

  func note(_ message: String, at key: String) {
    findings.note(message, at: values[key]?.place ?? place)
  }

  func has(_ key: String) -> Bool { values[key] != nil }

  func place(of key: String) -> Place { values[key]?.place ?? place }

  /// How a person names a key of the group: `site.title`.
  func path(_ key: String) -> String {
    name.isEmpty ? key : "\(name).\(key)"
  }

  /// The value of a key; one that is there without a value counts as not written.
  func value(_ key: String) -> YAMLValue? {
    guard let value = values[key] else { return nil }
    if case .nothing = value.content { return nil }
    return value
  }

  /// Whether a mistake was said that explains why a key is missing.
  func isExcused(_ key: String) -> Bool { misspelt.contains(key) }

  func noteMissing(_ key: String, example: String) {
    if has(key) {
      note("“\(path(key))” has no value; write for instance “\(key): \(example)”", at: key)
    } else if !isExcused(key) {
      let parent = name.isEmpty ? "" : " under “\(name)”"
      note("“\(path(key))” is missing; add\(parent) for instance “\(key): \(example)”")
    }
  }

  func noteWrong(_ key: String, expected: String, example: String) {
    note("“\(path(key))”: \(expected) is expected, for instance “\(key): \(example)”", at: key)
  }

  private func noteUnknown(_ entry: YAMLValue.Entry, known: [String], later: [String]) {
    let path = path(entry.key)
    if later.contains(entry.key) {
      findings.note(
        "“\(path)” is not in this version of feedgen yet; remove it",
        at: entry.place
      )
      return
    }
    let advice =
      nearestName(to: entry.key, among: known).map { "did you mean “\($0)”?" }
      ?? nearestName(to: entry.key, among: later)
      .map { "“\($0)” is not in this version of feedgen yet; remove it" }
      ?? "known here: \(known.joined(separator: ", "))"
    findings.note("“\(path)” is no key of a configuration; \(advice)", at: entry.place)
  }
}
