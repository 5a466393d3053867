import Model

/// Cuts a template file into its top-level sections, and checks the names in them.
struct SectionSplitter {
  private let file: TemplateFile
  private let part: MessagePart
  private let text: [UInt8]

  init(_ file: TemplateFile, part: MessagePart) {
    self.file = file
    self.part = part
    self.text = Array(file.text.utf8)
  }

  /// The text of each section.
  func sections() throws(Problem) -> [DigestSection: String] {
    var sections: [DigestSection: String] = [:]
    var depth = 0
    var current: (section: DigestSection, start: Int)?
    var outside = 0
    for tag in TemplateTag.all(in: text) {
      if depth == 0 {
        try refuseText(outside..<tag.range.lowerBound)
        outside = tag.range.upperBound
      }
      switch tag.kind {
      case .open where depth == 0:
        current = (try section(tag, known: sections), lineEnd(tag.range.upperBound))
        depth = 1
      case .close where depth == 1:
        if let (section, start) = current { sections[section] = slice(start, tag) }
        (current, depth, outside) = (nil, 0, tag.range.upperBound)
      case .open, .close, .value, .partial:
        try checkName(tag, in: current?.section)
        depth += tag.kind == .open ? 1 : tag.kind == .close ? -1 : 0
      case .other:
        break
      }
    }
    try refuseText(outside..<text.count)
    return sections
  }

  private func section(
    _ tag: TemplateTag,
    known: [DigestSection: String]
  ) throws(Problem) -> DigestSection {
    let names = part.sections.map(\.rawValue)
    guard let section = DigestSection(rawValue: tag.name), names.contains(tag.name) else {
      throw file.problem(at: tag.range.lowerBound, "there is no section", tag.name, known: names)
    }
    guard known[section] == nil else {
      throw file.problem(at: tag.range.lowerBound, "the section {{#\(tag.name)}} is there twice")
    }
    return section
  }

  private func checkName(_ tag: TemplateTag, in section: DigestSection?) throws(Problem) {
    guard let section else {
      throw file.problem(
        at: tag.range.lowerBound,
        "{{\(tag.name)}} stands outside of every section"
      )
    }
    guard !section.variables.contains(tag.name), tag.name != "." else { return }
    throw file.problem(
      at: tag.range.lowerBound,
      "the section {{#\(section.rawValue)}} has no value",
      tag.name,
      known: section.variables.sorted()
    )
  }

  private func refuseText(_ range: Range<Int>) throws(Problem) {
    guard let offset = range.first(where: { !isBlank(text[$0]) }) else { return }
    throw file.problem(at: offset, "this stands outside of every section, and would never be sent")
  }

  /// The offset behind the line break that follows, for a tag alone on its line.
  private func lineEnd(_ offset: Int) -> Int {
    var end = offset
    while end < text.count, text[end] == 0x20 || text[end] == 0x0d { end += 1 }
    return end < text.count && text[end] == 0x0a ? end + 1 : offset
  }

  private func slice(_ start: Int, _ close: TemplateTag) -> String {
    String(decoding: text[start..<max(start, close.range.lowerBound)], as: UTF8.self)
  }
}

private func isBlank(_ byte: UInt8) -> Bool {
  byte == 0x20 || (9...13).contains(byte)
}
