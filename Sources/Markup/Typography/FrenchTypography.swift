package import Model

/// The typography of French: no-break spaces, guillemets, apostrophes, ellipses, as the *Lexique*
/// of the Imprimerie nationale has them.
///
/// Only what is certain is changed. So a hyphen between two spaces stays one (a dash, or a minus?),
/// curly quotation marks stay, and nothing is touched that looks like an address, a path, code, a
/// time or a ratio. Typesetting twice changes no more than typesetting once, and takes time that
/// grows with the length of the text alone.
package enum FrenchTypography {
  /// Whether a language is typeset by these rules.
  ///
  /// Canada and Switzerland have rules of their own for the spaces around signs, and half of ours
  /// would be worse than none: texts from there stay as they are.
  package static func applies(to language: Language) -> Bool {
    let subtags = language.tag.uppercased().split(separator: "-")
    return subtags.first == "FR" && !subtags.contains("CA") && !subtags.contains("CH")
  }

  /// A plain text, typeset.
  package static func typeset(_ text: String) -> String {
    var run = TextRun()
    run.append(text)
    return run.typeset().first?.text ?? text
  }
}
