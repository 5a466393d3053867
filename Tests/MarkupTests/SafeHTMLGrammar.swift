/// Reads HTML by the narrow grammar that the sanitiser promises, with code of its own.
///
/// Anything else is a fault: other elements, attributes or schemes, a tag that is not closed, a
/// bracket or quotation mark that is not escaped.
struct SafeHTMLGrammar {
  private(set) var faults: [String] = []
  private(set) var text = ""
  private var open: [Substring] = []

  init(_ html: String) {
    var rest = html[...]
    while let start = rest.firstIndex(of: "<") {
      read(text: rest[..<start])
      guard let end = rest[start...].firstIndex(of: ">") else {
        faults.append("open tag: \(rest)")
        return
      }
      read(tag: rest[rest.index(after: start)..<end])
      rest = rest[rest.index(after: end)...]
    }
    read(text: rest)
    if !open.isEmpty { faults.append("not closed: \(open)") }
  }

  private mutating func read(text part: Substring) {
    text += part
    if part.contains(where: { "<>\"".contains($0) }) { faults.append("not escaped: \(part)") }
    for piece in part.split(separator: "&", omittingEmptySubsequences: false).dropFirst()
    where !["amp;", "lt;", "gt;", "quot;"].contains(where: piece.hasPrefix) {
      faults.append("ampersand: \(part)")
    }
  }

  private mutating func read(tag: Substring) {
    if tag.hasPrefix("/") {
      if open.popLast() != tag.dropFirst() { faults.append("closes another: \(tag)") }
      return
    }
    let name = tag.prefix { $0 != " " }
    if !elements.contains(String(name)) { faults.append("element: \(tag)") }
    if !["br", "hr", "img", "col", "source", "wbr"].contains(name) { open.append(name) }
    var rest = tag.dropFirst(name.count)
    while !rest.isEmpty { readAttribute(from: &rest) }
  }

  private mutating func readAttribute(from rest: inout Substring) {
    guard rest.hasPrefix(" "), let equals = rest.firstIndex(of: "="),
      rest[equals...].hasPrefix("=\"")
    else {
      faults.append("attribute: \(rest)")
      rest = ""
      return
    }
    let name = rest[..<equals].dropFirst()
    let value = rest[equals...].dropFirst(2).prefix { $0 != "\"" }
    rest = rest[value.endIndex...].dropFirst()
    check(name, value)
  }

  private mutating func check(_ name: Substring, _ value: Substring) {
    switch name {
    case "href", "src", "poster", "cite":
      let schemes = ["https://", "http://", "mailto:", "tel:", "data:image/png;base64,"]
      if !schemes.contains(where: value.hasPrefix) { faults.append("address: \(value)") }
    case "srcset":
      for candidate in value.split(separator: ", ") where !candidate.hasPrefix("https://") {
        faults.append("candidate: \(candidate)")
      }
    case "alt", "title", "lang", "dir", "width", "height", "sizes", "type", "controls",
      "colspan", "rowspan", "datetime", "hreflang", "start":
      break
    default: faults.append("attribute: \(name)")
    }
    read(text: "")
    if value.contains("<") || value.contains(">") { faults.append("not escaped: \(value)") }
  }
}

private let elements = Set(
  """
  a abbr acronym address article aside audio bdi blockquote br caption cite code col colgroup dd \
  del details dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hr img ins kbd \
  li main mark nav ol p picture pre q rp rt ruby s samp section small source span strong sub \
  summary sup table tbody td tfoot th thead time tr u ul var video wbr
  """.split(separator: " ").map(String.init)
)
