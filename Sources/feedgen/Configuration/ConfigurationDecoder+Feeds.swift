import Model

extension ConfigurationDecoder {
  func feeds(_ root: Section) -> FeedSettings {
    let standard = FeedSettings()
    guard
      let section = section(
        "feeds",
        of: root,
        known: ["entries", "content", "formats", "archives", "precompress", "hubs"]
      )
    else { return standard }
    return FeedSettings(
      entries: section.number("entries", in: 5...1000, example: 50) ?? standard.entries,
      content: section.word("content", example: .full) ?? standard.content,
      formats: formats(section) ?? standard.formats,
      hasArchives: section.flag("archives") ?? standard.hasArchives,
      isPrecompressed: section.flag("precompress") ?? standard.isPrecompressed,
      hubs: hubs(section)
    )
  }

  private func formats(_ section: Section) -> [FeedFormat]? {
    let example = "[atom, rss, json]"
    guard let texts = section.texts("formats", example: example) else { return nil }
    if texts.isEmpty { section.noteMissing("formats", example: example) }
    let formats = texts.compactMap { text, place -> FeedFormat? in
      if let format = FeedFormat(rawValue: text) { return format }
      findings.note(
        "“feeds.formats”: “\(text)” is no format; write for instance “formats: \(example)”",
        at: place
      )
      return nil
    }
    // In their own order, so that the order in the file changes nothing.
    return FeedFormat.allCases.filter(formats.contains)
  }

  private func hubs(_ section: Section) -> [String] {
    let texts = section.texts("hubs", example: "[https://hub.example.org/]") ?? []
    return texts.compactMap { text, place in
      if let address = WebAddress(text) { return address.text }
      findings.note(
        "“feeds.hubs”: “\(text)” is no address; write for instance “https://hub.example.org/”",
        at: place
      )
      return nil
    }
  }
}
