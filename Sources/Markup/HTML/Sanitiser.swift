/// Writes the tokens of a fragment again, as far as the allow-list lets them through.
struct Sanitiser {
  private let base: WebAddress?
  private var output = HTMLOutput()
  /// For each element that is open: the name it was written with, or nil.
  private var open: [String?] = []
  private var nesting = Nesting()
  private var isSettled = true

  private init(base: WebAddress?) {
    self.base = base
  }

  /// What is written, and whether to read it and write it again certainly changes nothing.
  ///
  /// It is certain when all that could change has been looked at. All elements are among those of
  /// `Nesting`, each where it may stand, and all characters are ones that need no repair; so what
  /// is read are the tokens that were written, by the rules that `WellNestedHTML` goes by. And
  /// each of them would be written the same: an element that is shown has the name by which it is
  /// shown, and every value either is as it was found, or was tried a second time.
  static func written(
    _ tokens: ArraySlice<HTMLToken>,
    base: WebAddress?
  ) -> (html: String, isSettled: Bool) {
    var sanitiser = Sanitiser(base: base)
    sanitiser.write(tokens)
    return (sanitiser.output.html, sanitiser.isSettled && sanitiser.isReadAsWritten)
  }

  private var isReadAsWritten: Bool {
    unsafe nesting.isEmpty && output.bytes.count <= HTMLLimits.bytes
      && output.bytes.withUnsafeBufferPointer { unsafe needsNoRepair($0) }
  }

  /// A plain text as HTML, for what cannot be kept as it was.
  static func paragraphs(of text: String) -> String {
    var output = HTMLOutput()
    for line in text.split(separator: "\n") {
      output.start("p", [])
      output.text(String(line))
      output.end("p")
    }
    return output.html
  }

  private mutating func write(_ tokens: ArraySlice<HTMLToken>) {
    var index = tokens.startIndex
    while index < tokens.endIndex {
      switch tokens[index] {
      case .text(let text): write(text)
      case .close: close()
      case .open(let element):
        switch AllowList.treatment(of: element.name) {
        case .show(let shown): write(element, as: shown)
        case .unwrap: open.append(nil)
        case .drop:
          writeSubstitute(for: element)
          index = tokens.end(ofElementAt: index)
          continue
        }
      }
      index += 1
    }
  }

  private mutating func write(_ text: String) {
    isSettled = isSettled && nesting.mayHold(text.utf8)
    output.text(text)
  }

  private mutating func close() {
    guard let name = open.removeLast() else { return }
    isSettled = isSettled && nesting.close(name)
    output.end(name)
  }

  private mutating func write(_ element: HTMLElement, as shown: ShownElement) {
    let attributes = attributes(of: element, shown.attributes)
    switch shown.name {
    case "a" where !attributes.contains { $0.name == "href" }:
      open.append(nil)
    case "img":
      writeImage(element, as: shown, attributes)
      open.append(nil)
    default:
      start(shown, attributes)
      open.append(shown.isVoid ? nil : shown.name)
    }
  }

  private mutating func start(_ shown: ShownElement, _ attributes: [HTMLElement.Attribute]) {
    isSettled = isSettled && shown.nesting.map { nesting.open(shown.name, $0) } ?? false
    output.start(shown.name, attributes)
  }

  /// An image, or its alternative text where it cannot be shown; nothing for a tracking pixel.
  private mutating func writeImage(
    _ element: HTMLElement,
    as shown: ShownElement,
    _ attributes: [HTMLElement.Attribute]
  ) {
    guard !isTrackingPixel(element) else { return }
    if attributes.contains(where: { $0.name == "src" || $0.name == "srcset" }) {
      start(shown, attributes)
    } else if let alternative = element["alt"] {
      write(alternative)
    }
  }

  /// A link to what a frame would have shown.
  private mutating func writeSubstitute(for element: HTMLElement) {
    guard element.name == "iframe", let source = element["src"] ?? element["data-src"],
      let address = WebAddress.resolve(source, against: base, allowing: WebAddress.fetched)
    else { return }
    isSettled =
      isSettled && nesting.open("a", .link) && nesting.close("a") && isFinal(address, .link)
    output.start("a", [.init(name: "href", value: address)])
    output.text(address)
    output.end("a")
  }
}

extension Sanitiser {
  private mutating func attributes(
    of element: HTMLElement,
    _ kinds: [String: AttributeKind]
  ) -> [HTMLElement.Attribute] {
    guard !element.attributes.isEmpty else { return [] }
    return promotingLazySources(of: element).compactMap { attribute in
      guard let kind = kinds[attribute.name], let value = value(of: attribute.value, kind)
      else { return nil }
      isSettled = isSettled && (value == attribute.value || isFinal(value, kind))
      return .init(name: attribute.name, value: value)
    }
  }

  /// Whether a value that had to be changed would not be changed again.
  private func isFinal(_ value: String, _ kind: AttributeKind) -> Bool {
    // A number may have become one that is the width of a tracking pixel, as `+1` does.
    kind != .number && self.value(of: value, kind) == value
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
    guard element.name == "img" || element.name == "source" else { return element.attributes }
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
