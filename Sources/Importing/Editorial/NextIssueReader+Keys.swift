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
    guard !value.isNothing else { return [] }
    if known == .exclude {
      let names = value.sequence.map(Array.init) ?? [value]
      issue.excluded = names.compactMap { article($0, in: text) }
      guard names.contains(where: { $0.scalar == nil }) else { return [] }
      return [text.problem("“exclude” is a list of slugs or ids", at: value.place(in: text))]
    }
    guard let words = value.scalar.map({ singleLine($0.string) }) else {
      return [text.problem("“\(name)” takes one value", at: value.place(in: text))]
    }
    if known == .lead { issue.lead = article(value, in: text) }
    take(words, as: known, into: &issue)
    return []
  }

  private func article(_ node: Node, in text: ArticleText) -> ArticleName? {
    guard !node.isNothing, let name = node.scalar.map({ singleLine($0.string) })?.nonEmpty
    else { return nil }
    return ArticleName(text: name, place: text.problem("", at: node.place(in: text)))
  }

  private func take(_ words: String, as key: NextIssue.Key, into issue: inout NextIssue) {
    let isTypeset = FrenchTypography.applies(to: language)
    let line = (isTypeset ? FrenchTypography.typeset(words) : words).nonEmpty
    switch key {
    case .subject: issue.subject = line
    case .preheader: issue.preheader = line
    case .digest: issue.digest = words.nonEmpty
    case .lead, .exclude: break
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
