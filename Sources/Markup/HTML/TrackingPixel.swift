/// Whether an image is there to be fetched and not to be seen: at most one pixel wide or high, by its
/// attributes or its style, or hidden.
func isTrackingPixel(_ image: HTMLElement) -> Bool {
  guard image["hidden"] == nil, !isAtMostOnePixel(image["width"]),
    !isAtMostOnePixel(image["height"])
  else { return true }
  guard let style = image["style"] else { return false }
  let declarations = styleDeclarations(style)
  return declarations["display"] == "none" || declarations["visibility"] == "hidden"
    || ["width", "height", "max-width", "max-height"].contains {
      isAtMostOnePixel(declarations[$0])
    }
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
private func isAtMostOnePixel(_ length: String?) -> Bool {
  guard let length else { return false }
  let trimmed = length.utf8.drop(while: isHTMLSpace)
  let number = trimmed.prefix { isASCIIDigit($0) || $0 == UInt8(ascii: ".") }
  guard let value = Double(String(Substring(number))), value <= 1 else { return false }
  let unit = String(Substring(trimmed[number.endIndex...])).lowercased()
  return value == 0 || unit.isEmpty || unit.hasPrefix("px")
}
