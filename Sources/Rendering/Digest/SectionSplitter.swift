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
      if var inside = current {
        let isOpen = try read(tag, in: &inside)
        current = isOpen ? inside : nil
        if !isOpen { sections[inside.section] = try text(of: inside, until: tag) }
      } else {
        try refuseText(outside..<tag.range.lowerBound)
        current = try begin(tag, known: sections)
      }
      outside = tag.range.upperBound
    }
    try refuseText(outside..<text.count)
    return sections
  }

  /// Begins a section; nil for a comment between two.
  private func begin(
    _ tag: TemplateTag,
    known: [DigestSection: String]
  ) throws(Problem) -> Current? {
    guard tag.kind != .other else { return nil }
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
    return Current(section: section, tag: tag, scopes: [section.variables])
  }

  /// Reads a tag of a section, and tells whether the section goes on.
  private func read(_ tag: TemplateTag, in current: inout Current) throws(Problem) -> Bool {
    switch tag.kind {
    case .close: current.scopes.removeLast()
    case .other: break
    case .value, .partial: try note(tag, in: &current)
    case .open:
      try note(tag, in: &current)
      let around = current.scopes.last ?? []
      current.scopes.append(around.union(DigestSection.names(inside: tag.name)))
    }
    return !current.scopes.isEmpty
  }

  private func note(_ tag: TemplateTag, in current: inout Current) throws(Problem) {
    try checkName(tag, in: current)
    current.named.insert(tag.name)
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

  /// The text of a section that ends, if it shows what it must.
  private func text(of current: Current, until end: TemplateTag) throws(Problem) -> String {
    let missing = current.section.required.subtracting(current.named).sorted()
    if let name = missing.first {
      throw file.problem(
        at: current.tag.range.lowerBound,
        "the section {{#\(current.section.rawValue)}} must show {{\(name)}}"
      )
    }
    let start = lineEnd(current.tag.range.upperBound)
    return String(decoding: text[start..<max(start, end.range.lowerBound)], as: UTF8.self)
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
}

private func isBlank(_ byte: UInt8) -> Bool {
  byte == 0x20 || (9...13).contains(byte)
}
