import Model
import Mustache

extension TemplateFile {
  /// Parses it.
  func parsed() throws(Problem) -> MustacheTemplate {
    try refuseSettings()
    return try parsed(text)
  }

  /// Refuses tags that change how tags are written: names behind them would go unchecked.
  private func refuseSettings() throws(Problem) {
    let text = Array(text.utf8)
    for tag in TemplateTag.all(in: text) where tag.kind == .other {
      let sigil = text[tag.range.lowerBound + 2]
      guard sigil != UInt8(ascii: "!") else { continue }
      throw problem(
        at: tag.range.lowerBound,
        "{{\(Character(Unicode.Scalar(sigil)))…}} changes how tags are read, and may not be used"
      )
    }
  }

  /// Parses a piece of it; the places of errors are right for the whole only.
  ///
  /// Values come escaped, byte by byte; Mustache's own escaping goes by Character, and so lets a
  /// quotation mark through that has a combining accent. A first line switches it off.
  func parsed(_ piece: String) throws(Problem) -> MustacheTemplate {
    do {
      return try MustacheTemplate(string: "{{% CONTENT_TYPE:TEXT}}\n" + piece)
    } catch let error as MustacheTemplate.ParserError {
      throw problem(
        line: error.context.lineNumber - 1,
        column: error.context.columnNumber,
        explanation(error.error)
      )
    } catch {
      throw Problem(path: path, message: "this is not a Mustache template: \(error)")
    }
  }

  /// A problem at an offset in its bytes.
  func problem(at offset: Int, _ message: String) -> Problem {
    let lines = text.utf8.prefix(offset).split(separator: 0x0a, omittingEmptySubsequences: false)
    let start = lines.last.map { String(decoding: $0, as: UTF8.self) } ?? ""
    return problem(line: lines.count, column: start.count + 1, message)
  }

  /// A problem with a name, and the name that may be meant.
  func problem(at offset: Int, _ message: String, _ name: String, known: [String]) -> Problem {
    let hint =
      nearestName(to: name, among: known).map { "did you mean “\($0)”?" }
      ?? "known are \(known.joined(separator: ", "))"
    return problem(at: offset, "\(message) “\(name)”: \(hint)")
  }
}

private func explanation(_ error: any Error) -> String {
  switch error as? MustacheTemplate.Error {
  case .sectionCloseNameIncorrect: "this closes another section than the one that is open"
  case .expectedSectionEnd: "a section is not closed"
  case .unfinishedName: "a tag is not closed, or has a character that names may not have"
  case let other?: "this is not a Mustache tag: \(other)"
  case nil: "a tag is not closed"
  }
}
