/// What a form has sent: names and values, in order.
struct FormFields {
  private static let most = 200

  private(set) var fields: [(name: String, value: String)] = []

  /// Reads a body of a form's type; nil where it is of another, or broken.
  init?(_ body: [UInt8], contentType: String?) {
    let type = (contentType ?? "").split(separator: ";", maxSplits: 1)
    switch type.first?.lowercased().filter({ $0 != " " }) {
    case "application/x-www-form-urlencoded": self.init(urlEncoded: body)
    case "multipart/form-data":
      guard let boundary = parameter("boundary", of: type.count > 1 ? type[1] : "")
      else { return nil }
      self.init(multipart: body, boundary: boundary)
    case nil where body.isEmpty: self.init(urlEncoded: body)
    default: return nil
    }
  }

  /// Reads `name=value&…`, as forms and queries have it.
  init?(urlEncoded body: some Collection<UInt8>) {
    let pairs = body.split(separator: UInt8(ascii: "&"))
    guard pairs.count <= Self.most else { return nil }
    for pair in pairs {
      let parts = pair.split(
        separator: UInt8(ascii: "="),
        maxSplits: 1,
        omittingEmptySubsequences: false
      )
      guard let name = percentDecoded(parts[0], plusIsSpace: true),
        let value = parts.count > 1 ? percentDecoded(parts[1], plusIsSpace: true) : ""
      else { return nil }
      fields.append((name, value))
    }
  }

  /// Reads the texts of a form as RFC 7578 has them; a file is as broken as anything else.
  private init?(multipart body: [UInt8], boundary: String) {
    let mark = Array("--\(boundary)".utf8)
    var rest = body[...]
    guard !boundary.isEmpty, rest.starts(with: mark) else { return nil }
    rest = rest.dropFirst(mark.count)
    while !rest.starts(with: "--".utf8) {
      guard fields.count < Self.most, rest.starts(with: "\r\n".utf8),
        let end = rest.firstRange(of: Array("\r\n".utf8) + mark),
        let field = Self.part(rest[rest.startIndex..<end.lowerBound].dropFirst(2))
      else { return nil }
      fields.append(field)
      rest = rest[end.upperBound...]
    }
  }

  private static func part(_ part: ArraySlice<UInt8>) -> (name: String, value: String)? {
    guard let gap = part.firstRange(of: "\r\n\r\n".utf8),
      let head = String(validating: part[..<gap.lowerBound], as: UTF8.self),
      let value = String(validating: part[gap.upperBound...], as: UTF8.self)
    else { return nil }
    for line in head.split(separator: "\r\n") {
      let words = line.split(separator: ":", maxSplits: 1)
      guard words.count == 2, words[0].lowercased() == "content-disposition",
        parameter("filename", of: words[1]) == nil, let name = parameter("name", of: words[1])
      else { continue }
      return (name, value)
    }
    return nil
  }

  /// The value of a name that is there once.
  func value(_ name: String) -> String? {
    let values = values(name)
    return values.count == 1 ? values[0] : nil
  }

  func values(_ name: String) -> [String] {
    fields.filter { $0.name == name }.map(\.value)
  }
}

/// A parameter of a header field's value: `name="…"`, or without quotation marks.
private func parameter(_ name: String, of text: Substring) -> String? {
  for piece in text.split(separator: ";") {
    let words = piece.split(separator: "=", maxSplits: 1)
    guard words.count == 2, words[0].filter({ $0 != " " }).lowercased() == name else { continue }
    let value = words[1].drop { $0 == " " }
    return value.first == "\"" ? String(value.dropFirst().prefix { $0 != "\"" }) : String(value)
  }
  return nil
}
