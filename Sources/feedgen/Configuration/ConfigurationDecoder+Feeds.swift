import Model

extension ConfigurationDecoder {
  func feeds(_ root: Section) -> FeedSettings {
    let standard = FeedSettings()
    guard
      let section = section(
        "feeds",
        of: root,
        known: ["entries", "content", "formats"],
        later: ["archives", "precompress", "hubs"]
      )
    else { return standard }
    return FeedSettings(
      entries: section.number("entries", in: 5...1000, example: 50) ?? standard.entries,
      content: section.word("content", example: .full) ?? standard.content,
      formats: formats(section) ?? standard.formats
    )
  }

  private func formats(_ section: Section) -> [FeedFormat]? {
    guard let texts = section.texts("formats", example: "[atom]") else { return nil }
    if texts.isEmpty { section.noteMissing("formats", example: "[atom]") }
    return texts.compactMap { text, place in
      switch FeedFormat(rawValue: text) {
      case .atom: return .atom
      case .rss, .json:
        findings.note(
          "“feeds.formats”: “\(text)” is not in this version of feedgen yet; remove it",
          at: place
        )
      case nil:
        findings.note(
          "“feeds.formats”: “\(text)” is no format; write “formats: [atom]”",
          at: place
        )
      }
      return nil
    }
  }
}
