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

  /// A top-level section while its tags are read.
  private struct Current {
    let section: DigestSection
    let tag: TemplateTag
    /// The values that mean something where the reader is, innermost section last.
    var scopes: [Set<String>]
    var named: Set<String> = []
  }

  /// The text of each section.
  func sections() throws(Problem) -> [DigestSection: String] {
    var sections: [DigestSection: String] = [:]
    var current: Current?
    var outside = 0
    for tag in TemplateTag.all(in: text) {
      if current == nil { try refuseText(outside..<tag.range.lowerBound) }
      outside = tag.range.upperBound
      if var inside = current {
        if tag.kind == .close, inside.scopes.count == 1 {
          try checkRequired(inside)
          let start = lineEnd(inside.tag.range.upperBound)
          sections[inside.section] = slice(start, tag)
          current = nil
        } else {
          try read(tag, in: &inside)
          current = inside
        }
      } else if tag.kind != .other {
        let section = try section(tag, known: sections)
        current = Current(section: section, tag: tag, scopes: [section.variables])
      }
    }
    try refuseText(outside..<text.count)
    return sections
  }

  private func section(
    _ tag: TemplateTag,
    known: [DigestSection: String]
  ) throws(Problem) -> DigestSection {
    guard tag.kind == .open else {
      throw file.problem(
        at: tag.range.lowerBound,
        "{{\(tag.name)}} stands outside of every section"
      )
    }
    let names = part.sections.map(\.rawValue)
    guard let section = DigestSection(rawValue: tag.name), names.contains(tag.name) else {
      throw file.problem(at: tag.range.lowerBound, "there is no section", tag.name, known: names)
    }
    guard known[section] == nil else {
      throw file.problem(at: tag.range.lowerBound, "the section {{#\(tag.name)}} is there twice")
    }
    return section
  }

  private func read(_ tag: TemplateTag, in current: inout Current) throws(Problem) {
    switch tag.kind {
    case .close: current.scopes.removeLast()
    case .other: break
    case .open, .value, .partial:
      try checkName(tag, in: current)
      current.named.insert(tag.name)
      if tag.kind == .open {
        let around = current.scopes.last ?? []
        current.scopes.append(around.union(DigestSection.names(inside: tag.name)))
      }
    }
  }

  private func checkName(_ tag: TemplateTag, in current: Current) throws(Problem) {
    let known = current.scopes.last ?? []
    guard !known.contains(tag.name) || tag.kind == .partial, tag.name != "." else { return }
    throw file.problem(
      at: tag.range.lowerBound,
      "the section {{#\(current.section.rawValue)}} has no value",
      tag.name,
      known: known.sorted()
    )
  }

  private func checkRequired(_ current: Current) throws(Problem) {
    let missing = current.section.required.subtracting(current.named).sorted()
    guard let name = missing.first else { return }
    throw file.problem(
      at: current.tag.range.lowerBound,
      "the section {{#\(current.section.rawValue)}} must show {{\(name)}}"
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
