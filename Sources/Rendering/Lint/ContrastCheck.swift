/// Looks at the colour of every text and at what is behind it, in light and in dark.
struct ContrastCheck {
  /// The least contrast that text may have (WCAG 2.2, criterion 1.4.3).
  private static let least = 4.5

  /// The ways in which a message is shown.
  private enum Theme: String, CaseIterable {
    case light = "in light"
    case dark = "in dark"
    case outlook = "in dark in Outlook"
  }

  /// What an element gives to the text in it.
  private struct Frame {
    var name: String
    var isHidden: Bool
    var colours: [Theme: String] = [:]
    var backgrounds: [Theme: String] = [:]
  }

  private(set) var findings: [LintFinding] = []
  private let rules: [Theme: [String: [String: String]]]
  private var frames: [Frame] = []
  private var known: Set<String> = []

  init(_ markup: DigestMarkup) {
    let sheet = Stylesheet(markup.style)
    rules = [.dark: sheet.dark, .outlook: sheet.outlook]
    for (theme, rules) in rules where rules.isEmpty {
      findings.append(LintFinding(.warning, .contrast, "nothing is said for \(theme.rawValue)"))
    }
    findings.sort { $0.message < $1.message }
    for token in markup.tokens {
      switch token {
      case .open(let element): frames.append(frame(of: element))
      case .close(let name):
        guard let place = frames.lastIndex(where: { $0.name == name }) else { continue }
        frames.removeSubrange(place...)
      case .text(let text): check(text)
      }
    }
  }

  private func frame(of element: DigestMarkup.Element) -> Frame {
    let style = element.style
    var frame = Frame(
      name: element.name,
      isHidden: style["display"] == "none" || element.name == "head"
    )
    for theme in Theme.allCases {
      let classes = element.classes.compactMap { rules[theme]?[$0] }
      let colour = classes.lazy.compactMap { $0["color"] }.first
      let background = classes.lazy.compactMap { $0["background-color"] }.first
      frame.colours[theme] = colour ?? style["color"]
      frame.backgrounds[theme] =
        background ?? style["background-color"] ?? element.attributes["bgcolor"]
    }
    return frame
  }

  private mutating func check(_ text: String) {
    let text = Wrapping.singleLine(text.replacing("\u{a0}", with: " "))
    guard !text.isEmpty, !frames.contains(where: \.isHidden) else { return }
    for theme in Theme.allCases {
      let colour = frames.reversed().lazy.compactMap { $0.colours[theme] }.first ?? "#000000"
      let behind = frames.reversed().lazy.compactMap { $0.backgrounds[theme] }.first ?? "#ffffff"
      check(colour, on: behind, theme, text)
    }
  }

  private mutating func check(
    _ colour: String,
    on background: String,
    _ theme: Theme,
    _ text: String
  ) {
    guard let front = Colour(colour), let back = Colour(background) else {
      note("“\(colour)” on “\(background)” cannot be judged; write #rrggbb", .warning, text)
      return
    }
    let contrast = front.contrast(with: back)
    guard contrast < Self.least else { return }
    let ratio = (contrast * 100).rounded(.down) / 100
    note("\(colour) on \(background) is \(ratio):1 \(theme.rawValue)", .error, text)
  }

  /// Notes a pair of colours once, with the first text that has it.
  private mutating func note(
    _ message: String,
    _ severity: LintFinding.Severity,
    _ text: String
  ) {
    guard known.insert(message).inserted else { return }
    findings.append(
      LintFinding(severity, .contrast, "\(message): “\(text.shortened(to: 40))”")
    )
  }
}
