/// The value of `charset` in a Content-Type (HTML §2.5.3, “extracting a character encoding”).
func charsetLabel(inContentType value: some Collection<UInt8>) -> String? {
  var scan = ByteScan(value.prefix(1024))
  while scan.skip(past: "charset") {
    scan.skip(while: isHTMLSpace)
    guard scan.take("=") else { continue }
    scan.skip(while: isHTMLSpace)
    return scan.takeValue { isHTMLSpace($0) || $0 == UInt8(ascii: ";") || $0 == UInt8(ascii: ",") }
  }
  return nil
}

/// The encoding of an XML declaration, which may only stand at the very beginning.
func charsetLabel(inXMLDeclarationOf head: some Collection<UInt8>) -> String? {
  var scan = ByteScan(head)
  // Many a feed has an empty line above, which readers forgive.
  scan.skip(while: isHTMLSpace)
  guard scan.take("<?xml"), let end = scan.rest.firstIndex(of: UInt8(ascii: ">")) else {
    return nil
  }
  var declaration = ByteScan(scan.rest[..<end])
  while declaration.skip(past: "encoding") {
    declaration.skip(while: isHTMLSpace)
    guard declaration.take("=") else { continue }
    declaration.skip(while: isHTMLSpace)
    return declaration.takeValue { isHTMLSpace($0) || $0 == UInt8(ascii: "?") }
  }
  return nil
}

/// The charset that a page's `<meta>` names (HTML §13.2.3.2, “prescan”).
func charsetLabel(inMetaOf head: some Collection<UInt8>) -> String? {
  var scan = ByteScan(head)
  while scan.skip(past: "<") {
    if scan.take("!--") {
      guard scan.skip(past: "-->") else { return nil }
    } else if scan.take("meta"), scan.rest.first.map({ isHTMLSpace($0) || $0 == 0x2f }) == true {
      if let label = metaLabel(scan.takeAttributes()) { return label }
    } else if let first = scan.rest.first, isASCIILetter(first) {
      scan.skip { !isHTMLSpace($0) && $0 != UInt8(ascii: ">") }
      _ = scan.takeAttributes()
    }
  }
  return nil
}

private func metaLabel(_ attributes: [String: String]) -> String? {
  let isPragma = attributes["http-equiv"]?.lowercased() == "content-type"
  let named =
    isPragma ? attributes["content"].flatMap { charsetLabel(inContentType: $0.utf8) } : nil
  guard let label = attributes["charset"] ?? named else { return nil }
  // Who can read this does not read UTF-16.
  return Charset(label: label)?.isUTF16 == true ? Charset.utf8.name : label
}
