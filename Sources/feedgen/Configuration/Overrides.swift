import Model

extension YAMLValue {
  /// Puts a value in the place of another, or adds it.
  ///
  /// - Parameters:
  ///   - steps: keys, and the numbers of a list's values, from 0.
  ///   - key: the steps as they were written, for the places of what is added.
  /// - Returns: what is wrong with the path; nil where the value was set.
  mutating func set(_ steps: ArraySlice<Substring>, to value: YAMLValue, key: String) -> String? {
    guard let step = steps.first else {
      self = value
      return nil
    }
    let rest = steps.dropFirst()
    switch content {
    case .nothing:
      content = Int(step) == nil ? .mapping([]) : .list([])
      place = .option(key: key)
      return set(steps, to: value, key: key)
    case .text:
      return "“\(step)” is a key of a group, and there is a text in its place"
    case .list(var values):
      let fault = values.set(step, rest, to: value, key: key)
      content = .list(values)
      return fault
    case .mapping(var entries):
      let fault = entries.set(step, rest, to: value, key: key)
      content = .mapping(entries)
      return fault
    }
  }
}

extension [YAMLValue] {
  fileprivate mutating func set(
    _ step: Substring,
    _ rest: ArraySlice<Substring>,
    to value: YAMLValue,
    key: String
  ) -> String? {
    guard let index = Int(step), (0...count).contains(index) else {
      return "“\(step)” is none of the list’s numbers, which are 0 to \(count)"
    }
    if index == count { append(YAMLValue(content: .nothing, place: .option(key: key))) }
    return self[index].set(rest, to: value, key: key)
  }
}

extension [YAMLValue.Entry] {
  fileprivate mutating func set(
    _ step: Substring,
    _ rest: ArraySlice<Substring>,
    to value: YAMLValue,
    key: String
  ) -> String? {
    if let index = firstIndex(where: { $0.key == step }) {
      // A key that is unknown in the file stays the file's fault, so its place is kept.
      return self[index].value.set(rest, to: value, key: key)
    }
    let place = Place.option(key: key)
    var added = YAMLValue(content: .nothing, place: place)
    let fault = added.set(rest, to: value, key: key)
    append(YAMLValue.Entry(key: String(step), place: place, value: added))
    return fault
  }
}

extension YAMLValue {
  /// Applies `--set key.path=value`; notes what cannot be applied.
  mutating func apply(override: String, findings: Findings) {
    guard let equals = override.firstIndex(of: "=") else {
      findings.note(
        "“=” is missing; write for instance “--set mail.smtp=smtp://127.0.0.1:2525”",
        at: .option(key: override)
      )
      return
    }
    let key = String(override[..<equals])
    let steps = key.split(separator: ".", omittingEmptySubsequences: false)
    guard steps.allSatisfy({ !$0.isEmpty }) else {
      findings.note(
        "keys joined by full stops are expected before “=”, for instance “site.title”",
        at: .option(key: key)
      )
      return
    }
    let text = String(override[equals...].dropFirst())
    let (value, problems) = YAMLReader.read(option: key, text)
    for problem in problems { findings.note(problem.message, at: .option(key: key)) }
    guard let value, let fault = set(steps[...], to: value, key: key) else { return }
    findings.note(fault, at: .option(key: key))
  }
}
