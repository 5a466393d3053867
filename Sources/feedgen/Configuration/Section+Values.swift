import Model

extension Section {
  /// A text, as it was written; nil where there is none.
  func text(_ key: String, example: String) -> String? {
    guard let value = value(key) else {
      if has(key) { noteMissing(key, example: example) }
      return nil
    }
    guard case .text(let text, _) = value.content else {
      noteWrong(key, expected: "a text, not \(value.kind),", example: example)
      return nil
    }
    guard !text.utf8.allSatisfy({ $0 <= 0x20 }) else {
      noteMissing(key, example: example)
      return nil
    }
    return text
  }

  /// Whether someone wrote `""`, on purpose.
  func isEmptyText(_ key: String) -> Bool {
    guard case .text("", isQuoted: true) = value(key)?.content else { return false }
    return true
  }

  func requiredText(_ key: String, example: String) -> String? {
    guard value(key) != nil else {
      noteMissing(key, example: example)
      return nil
    }
    return text(key, example: example)
  }

  /// A value that is made of a text; nil, and noted, where it cannot be.
  func parsed<Value>(
    _ key: String,
    expected: String,
    example: String,
    _ parse: (String) -> Value?
  ) -> Value? {
    guard let text = text(key, example: example) else { return nil }
    guard let value = parse(text) else {
      noteWrong(key, expected: expected, example: example)
      return nil
    }
    return value
  }

  func number(_ key: String, in range: ClosedRange<Int>, example: Int) -> Int? {
    parsed(
      key,
      expected: "a whole number from \(range.lowerBound) to \(range.upperBound)",
      example: "\(example)"
    ) { text in
      let isNumber = text.utf8.count < 10 && text.utf8.allSatisfy { (48...57).contains($0) }
      return isNumber ? Int(text).flatMap { range.contains($0) ? $0 : nil } : nil
    }
  }

  /// A length of time: a number and m, h or d.
  func interval(
    _ key: String,
    from least: Interval,
    to most: Interval,
    example: String
  ) -> Interval? {
    parsed(
      key,
      expected: "a length of time from \(least.written) to \(most.written)",
      example: example
    ) { text in
      guard let unit = text.last, let seconds = secondsPerUnit[unit], text.utf8.count <= 6,
        text.utf8.dropLast().allSatisfy({ (48...57).contains($0) }),
        let count = Int64(text.dropLast())
      else { return nil }
      let interval = Interval(seconds: count * seconds)
      return least <= interval && interval <= most ? interval : nil
    }
  }

  func flag(_ key: String) -> Bool? {
    parsed(key, expected: "true or false", example: "true") { text in
      switch text {
      case "true": true
      case "false": false
      default: nil
      }
    }
  }

  /// One of a few words.
  func word<Word: RawRepresentable & CaseIterable>(
    _ key: String,
    example: Word
  ) -> Word? where Word.RawValue == String {
    let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
    return parsed(key, expected: "one of \(words)", example: example.rawValue) {
      Word(rawValue: $0)
    }
  }

  /// The values of a list; nil where the key is not written.
  func list(_ key: String, example: String) -> [YAMLValue]? {
    guard let value = value(key) else { return nil }
    guard case .list(let values) = value.content else {
      noteWrong(key, expected: "a list, not \(value.kind),", example: example)
      return nil
    }
    return values
  }

  /// A list of texts; others in it are noted and left out.
  func texts(_ key: String, example: String) -> [(text: String, place: Place)]? {
    list(key, example: example)?.compactMap { value in
      guard case .text(let text, _) = value.content else {
        findings.note(
          "“\(path(key))”: a list of texts is expected, for instance “\(key): \(example)”, "
            + "and this is \(value.kind)",
          at: value.place
        )
        return nil
      }
      return (text, value.place)
    }
  }
}

private let secondsPerUnit: [Character: Int64] = ["m": 60, "h": 3600, "d": 86_400]

extension Interval {
  /// As it is written in a configuration.
  fileprivate var written: String {
    let unit = ["d", "h", "m"].first { seconds % (secondsPerUnit[Character($0)] ?? 1) == 0 } ?? "m"
    return "\(seconds / (secondsPerUnit[Character(unit)] ?? 1))\(unit)"
  }
}
