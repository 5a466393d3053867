import Markup
import Model
import Yams

extension NextIssueReader {
  /// Takes one value over; what is wrong with it comes back.
  func read(
    _ key: Node,
    _ value: Node,
    of text: ArticleText,
    into issue: inout NextIssue
  ) -> [Problem] {
    guard let name = key.scalar?.string, let known = NextIssue.Key(rawValue: name) else {
      return [text.problem(unknown(key.scalar?.string), at: key.place(in: text))]
    }
    if known == .exclude {
      let names = (value.sequence.map(Array.init) ?? [value]).map { $0.scalar?.string }
      issue.excluded = names.compactMap { $0 }.map(singleLine).filter { !$0.isEmpty }
      guard names.contains(nil) else { return [] }
      return [text.problem("“exclude” is a list of slugs or ids", at: value.place(in: text))]
    }
    guard let words = value.scalar.map({ singleLine($0.string) }) else {
      return [text.problem("“\(name)” takes one value", at: value.place(in: text))]
    }
    take(words, as: known, into: &issue)
    return []
  }

  private func take(_ words: String, as key: NextIssue.Key, into issue: inout NextIssue) {
    let isTypeset = FrenchTypography.applies(to: language)
    let line = (isTypeset ? FrenchTypography.typeset(words) : words).nonEmpty
    switch key {
    case .subject: issue.subject = line
    case .preheader: issue.preheader = line
    case .lead: issue.lead = words.nonEmpty
    case .digest: issue.digest = words.nonEmpty
    case .exclude: break
    }
  }
}

private func unknown(_ name: String?) -> String {
  let known = NextIssue.Key.allCases.map(\.rawValue)
  let advice =
    nearestName(to: name ?? "", among: known).map { "did you mean “\($0)”?" }
    ?? "known here: \(known.joined(separator: ", "))"
  return "unknown key “\(name ?? "…")”; \(advice)"
}
