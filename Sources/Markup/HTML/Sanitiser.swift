/// Writes the tokens of a fragment again, as far as the allow-list lets them through.
struct Sanitiser {
  private let base: WebAddress?
  private var output = HTMLOutput()
  /// For each element that is open: the name it was written with, or nil.
  private var open: [String?] = []

  private init(base: WebAddress?) {
    self.base = base
  }

  static func html(of tokens: ArraySlice<HTMLToken>, base: WebAddress?) -> String {
    var sanitiser = Sanitiser(base: base)
    sanitiser.write(tokens)
    return String(decoding: sanitiser.output.bytes, as: UTF8.self)
  }

  /// A plain text as HTML, for what cannot be kept as it was.
  static func paragraphs(of text: String) -> String {
    var output = HTMLOutput()
    for line in text.split(separator: "\n") {
      output.start("p", [])
      output.text(String(line))
      output.end("p")
    }
    return String(decoding: output.bytes, as: UTF8.self)
  }

  private mutating func write(_ tokens: ArraySlice<HTMLToken>) {
    var index = tokens.startIndex
    while index < tokens.endIndex {
      switch tokens[index] {
      case .text(let text): output.text(text)
      case .close: close()
      case .open(let element):
        guard !AllowList.droppedWithContent.contains(element.name) else {
          writeSubstitute(for: element)
          index = tokens.end(ofElementAt: index)
          continue
        }
        write(element)
      }
      index += 1
    }
  }

  private mutating func close() {
    guard let name = open.removeLast() else { return }
    output.end(name)
  }

  private mutating func write(_ element: HTMLElement) {
    let name = AllowList.renamed[element.name] ?? element.name
    let attributes = attributes(of: element, as: name)
    switch name {
    case _ where !AllowList.elements.contains(name):
      open.append(nil)
    case "a" where !attributes.contains { $0.name == "href" }:
      open.append(nil)
    case "img":
      writeImage(element, attributes)
      open.append(nil)
    default:
      output.start(name, attributes)
      open.append(AllowList.void.contains(name) ? nil : name)
    }
  }

  /// An image, or its alternative text where it cannot be shown; nothing for a tracking pixel.
  private mutating func writeImage(
    _ element: HTMLElement,
    _ attributes: [HTMLElement.Attribute]
  ) {
    guard !isTrackingPixel(element) else { return }
    if attributes.contains(where: { $0.name == "src" || $0.name == "srcset" }) {
      output.start("img", attributes)
    } else if let alternative = element["alt"] {
      output.text(alternative)
    }
  }

  /// A link to what a frame would have shown.
  private mutating func writeSubstitute(for element: HTMLElement) {
    guard element.name == "iframe", let source = element["src"] ?? element["data-src"],
      let address = WebAddress.resolve(source, against: base, allowing: WebAddress.fetched)
    else { return }
    output.start("a", [.init(name: "href", value: address)])
    output.text(address)
    output.end("a")
  }
}

extension Sanitiser {
  private func attributes(of element: HTMLElement, as name: String) -> [HTMLElement.Attribute] {
    promotingLazySources(of: element).compactMap { attribute in
      guard let kind = AllowList.kind(of: attribute.name, on: name) else { return nil }
      return value(of: attribute.value, kind).map { .init(name: attribute.name, value: $0) }
    }
  }

  private func value(of value: String, _ kind: AttributeKind) -> String? {
    switch kind {
    case .text: value
    case .flag: ""
    case .language: value.utf8.allSatisfy(isLanguageByte) && !value.isEmpty ? value : nil
    case .direction: ["ltr", "rtl", "auto"].first { $0 == value.lowercased() }
    case .number: value.utf8.count <= 5 ? Int(value).map(String.init) : nil
    case .link: WebAddress.resolve(value, against: base, allowing: WebAddress.followed)
    case .resource: WebAddress.resolve(value, against: base, allowing: WebAddress.fetched)
    case .image:
      embeddedImage(value)
        ?? WebAddress.resolve(value, against: base, allowing: WebAddress.fetched)
    case .sourceSet: resolvedSourceSet(value, against: base)
    }
  }

  /// The attributes, with the real source of an image that a script was to load later.
  private func promotingLazySources(of element: HTMLElement) -> [HTMLElement.Attribute] {
    guard ["img", "source"].contains(element.name) else { return element.attributes }
    var attributes = element.attributes
    for (name, lazyNames) in lazySources {
      guard let lazy = lazyNames.lazy.compactMap({ element[$0] }).first else { continue }
      attributes.removeAll { $0.name == name }
      attributes.insert(.init(name: name, value: lazy), at: 0)
    }
    return attributes
  }
}

/// Where pages keep what a script is to load, by the attribute that it will be.
let lazySources = [
  (name: "srcset", lazyNames: ["data-srcset", "data-lazy-srcset"]),
  (name: "src", lazyNames: ["data-src", "data-lazy-src", "data-original"]),
]

private func isLanguageByte(_ byte: UInt8) -> Bool {
  isASCIILetter(byte) || isASCIIDigit(byte) || byte == UInt8(ascii: "-")
}
