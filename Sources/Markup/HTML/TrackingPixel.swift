/// Whether an image is there to be fetched and not to be seen: at most one pixel wide or high, by its
/// attributes or its style, or hidden.
func isTrackingPixel(_ image: HTMLElement) -> Bool {
  let declarations = styleDeclarations(image["style"] ?? "")
  let sizes =
    [image["width"], image["height"]]
    + ["width", "height", "max-width", "max-height"].map { declarations[$0] }
  return image["hidden"] != nil
    || declarations["display"] == "none" || declarations["visibility"] == "hidden"
    || sizes.contains { $0.map(isAtMostOnePixel) ?? false }
}

/// The declarations of a `style` attribute, in lower case and without white space.
private func styleDeclarations(_ style: String) -> [String: String] {
  let text = String(decoding: style.utf8.filter { !isHTMLSpace($0) }, as: UTF8.self).lowercased()
  var declarations: [String: String] = [:]
  for declaration in text.split(separator: ";") {
    let parts = declaration.split(separator: ":", maxSplits: 1)
    guard parts.count == 2, let value = parts[1].split(separator: "!").first else { continue }
    declarations[String(parts[0])] = String(value)
  }
  return declarations
}

/// Whether a length is 0 or 1 pixels: `1`, `0`, `1px`, `.5px`, `0em`.
private func isAtMostOnePixel(_ length: String) -> Bool {
  let trimmed = length.utf8.drop(while: isHTMLSpace)
  let number = trimmed.prefix { isASCIIDigit($0) || $0 == UInt8(ascii: ".") }
  guard let value = Double(String(Substring(number))), value <= 1 else { return false }
  let unit = String(Substring(trimmed[number.endIndex...])).lowercased()
  return value == 0 || unit.isEmpty || unit.hasPrefix("px")
}
