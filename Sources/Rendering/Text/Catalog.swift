import Model

/// What the program says in one language.
struct Catalog: Sendable {
  /// A message in the forms that a number asks for.
  struct Forms: Sendable {
    var one: Phrase
    var other: Phrase
  }

  var language: Language
  /// The numbers that take the form `one`: 0 and 1 in French, 1 in English.
  var singular: Set<Int>
  /// January first.
  var months: [String]
  /// Monday first.
  var weekdays: [String]
  var phrases: [PhraseKey: Forms]

  func text(_ key: PhraseKey, _ values: [String: String] = [:]) -> String {
    phrases[key]?.other.filled(values) ?? ""
  }

  /// The message in the form for a number, which it may name as `{n}`.
  func text(_ key: PhraseKey, count: Int, _ values: [String: String] = [:]) -> String {
    var values = values
    values["n"] = String(count)
    let forms = phrases[key]
    let phrase = singular.contains(count) ? forms?.one : forms?.other
    return phrase?.filled(values) ?? ""
  }
}
