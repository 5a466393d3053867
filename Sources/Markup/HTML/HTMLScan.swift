/// Reads the tags of a text as a tokeniser would, only to count what is open.
///
/// It must never count less than the parser opens. Where tags could be hidden from it (text that
/// is script here and markup there), it counts what opens and no longer believes what closes.
@safe
struct HTMLScan {
  let html: UnsafeBufferPointer<UInt8>
  var position = 0
  private var open: [TagName] = []
  private var formatting: [TagName: Int] = [:]
  private var unclosedFormatting = 0
  private var work = 0
  /// The element whose text is read now, in which tags are no tags.
  private var rawText: TagName?
  private var sawCommentInRawText = false
  private var sawForeignContent = false
  private var trustsEndTags = true
  /// Whether a slash closes an element of SVG or MathML; it does not once a parser has left those.
  private var trustsSelfClosing = true
  /// Whether the tag that was read last ended in a slash.
  var endsItself = false
  /// Texts that do not come from here on.
  var absent: Set<String> = []
  /// Of addresses that have their data within themselves.
  var embeddedBytes = 0

  init(_ html: UnsafeBufferPointer<UInt8>) {
    unsafe self.html = html
  }

  mutating func run() throws(HTMLError) {
    while let start = nextAngle() {
      position = start + 1
      switch byte(at: position) {
      case UInt8(ascii: "/"): try readEndTag()
      case UInt8(ascii: "!"), UInt8(ascii: "?"): try readDeclaration()
      case .some(let letter) where isASCIILetter(letter): try readStartTag()
      default: break
      }
    }
  }

  func byte(at index: Int) -> UInt8? {
    unsafe index < html.count ? html[index] : nil
  }

  private func nextAngle() -> Int? {
    unsafe html[min(position, html.count)...].firstIndex(of: UInt8(ascii: "<"))
  }

  mutating func takeName() -> TagName {
    var name = TagName()
    while let next = byte(at: position), !isHTMLSpace(next), next != UInt8(ascii: "/"),
      next != UInt8(ascii: ">")
    {
      name.append(lowercased(next))
      position += 1
    }
    return name
  }
}

// MARK: - Tags

extension HTMLScan {
  private mutating func readStartTag() throws(HTMLError) {
    let start = position
    let name = takeName()
    guard rawText == nil else { return try readTagInRawText(name) }
    let attributes = try skipAttributes(from: start)
    try push(name, attributes: attributes)
    if TagName.foreign.contains(name) { sawForeignContent = true }
    if TagName.rawText.contains(name) { beginRawText(name) }
  }

  private mutating func beginRawText(_ name: TagName) {
    rawText = name
    sawCommentInRawText = false
  }

  /// What looks like a tag in text is one after all where the parser takes it for markup; and a
  /// script in a comment in a script ends later than it seems.
  private mutating func readTagInRawText(_ name: TagName) throws(HTMLError) {
    if sawForeignContent || (sawCommentInRawText && name == "script") { trustsEndTags = false }
    endsItself = false
    if !trustsEndTags { try push(name, attributes: 0) }
  }

  private mutating func readEndTag() throws(HTMLError) {
    position += 1
    guard let letter = byte(at: position), isASCIILetter(letter) else {
      return rawText == nil ? skipPast(">") : ()
    }
    let start = position
    let name = takeName()
    if let rawText {
      guard name == rawText else { return doubtEndTags() }
      self.rawText = nil
    }
    _ = try skipAttributes(from: start)
    guard trustsEndTags else { return }
    try spend(1 + open.count / 2)
    pop(name)
  }

  /// Stops to believe end tags, if there has been anything that could hide false ones.
  private mutating func doubtEndTags() {
    if sawForeignContent { trustsEndTags = false }
  }

  private mutating func push(_ name: TagName, attributes: Int) throws(HTMLError) {
    endItem(before: name)
    if TagName.formatting.contains(name) { countFormatting(name, attributes) }
    let isHTML = TagName.special.contains(name) || TagName.leavingForeignContent.contains(name)
    let isForeign = sawForeignContent && indexOfForeignRoot != nil
    if isForeign, isHTML { trustsSelfClosing = false }
    let isRoot = TagName.foreignRoots.contains(name)
    let closesItself = endsItself && (isRoot || (isForeign && trustsSelfClosing))
    if !TagName.uncounted.contains(name), !closesItself { open.append(name) }
    guard open.count <= HTMLLimits.depth else { throw .tooDeep(limit: HTMLLimits.depth) }
    try spend(1 + open.count / 2 + 16 * unclosedFormatting + attributes * attributes / 16)
  }

  /// Counts what a tag makes a parser, or this scan, look at.
  private mutating func spend(_ count: Int) throws(HTMLError) {
    work += count
    guard work <= HTMLLimits.work else { throw .tooIntricate }
  }

  /// Closes the item of a list that ends where the next begins.
  private mutating func endItem(before name: TagName) {
    guard let items = TagName.items(endedBy: name) else { return }
    for index in open.indices.reversed() {
      if items.contains(open[index]) { return open.removeSubrange(index...) }
      let isPassed =
        !TagName.special.contains(open[index]) || ["address", "div"].contains(open[index])
      guard isPassed else { return }
    }
  }

  /// Counts an element that the parser opens again in every paragraph until it is closed.
  ///
  /// It keeps three that are equal, and one link.
  private mutating func countFormatting(_ name: TagName, _ attributes: Int) {
    let count = formatting[name, default: 0]
    let most = name == "a" ? 1 : attributes == 0 ? 3 : Int.max
    guard count < most else { return }
    formatting[name] = count + 1
    unclosedFormatting += 1
  }

  private mutating func pop(_ name: TagName) {
    if let count = formatting[name], count > 0 {
      formatting[name] = count - 1
      unclosedFormatting -= 1
    }
    let index = TagName.uncounted.contains(name) ? nil : indexOfOpen(name)
    if let foreign = indexOfForeignRoot, foreign > index ?? -1 { trustsSelfClosing = false }
    guard let index else { return }
    let staysOpen = { TagName.special.contains($0) || TagName.formatting.contains($0) }
    let isInline = TagName.formatting.contains(name)
    if name == "form" || (isInline && open[(index + 1)...].contains(where: staysOpen)) {
      open.remove(at: index)
    } else {
      open.removeSubrange(index...)
    }
  }

  /// The element that an end tag closes: no parser looks further than a table or the like, and for
  /// an element without rules of its own not further than one that has some (HTML §13.2.6.4.7).
  private func indexOfOpen(_ name: TagName) -> Int? {
    let hasRules = TagName.special.contains(name) || TagName.formatting.contains(name)
    let isHeading = TagName.headings.contains(name)
    // The end of what is not open is found at once: there may be very many.
    guard isHeading || open.contains(name) else { return nil }
    for index in open.indices.reversed() {
      let other = open[index]
      if other == name || (isHeading && TagName.headings.contains(other)) { return index }
      if name == "li", other == "ol" || other == "ul" { return nil }
      if TagName.barriers.contains(other) || (!hasRules && TagName.special.contains(other)) {
        return nil
      }
    }
    return nil
  }

  private var indexOfForeignRoot: Int? {
    // Few pages have any, and it is asked at each end tag.
    sawForeignContent ? open.lastIndex { TagName.foreignRoots.contains($0) } : nil
  }
}

// MARK: - What stands between

extension HTMLScan {
  private mutating func readDeclaration() throws(HTMLError) {
    let isComment = starts(with: "!--")
    guard rawText == nil else {
      sawCommentInRawText = sawCommentInRawText || isComment
      return
    }
    guard isComment else {
      if starts(with: "![CDATA[") { doubtEndTags() }
      return skipPast(">")
    }
    position += 3
    try readComment()
  }

  /// Reads to the end of a comment; tags in it are counted as if they were some.
  private mutating func readComment() throws(HTMLError) {
    if starts(with: ">") || starts(with: "->") { return }
    while let next = byte(at: position) {
      if starts(with: "-->") || starts(with: "--!>") { return skipPast(">") }
      position += 1
      guard next == UInt8(ascii: "<"), sawForeignContent, let letter = byte(at: position),
        isASCIILetter(letter)
      else { continue }
      endsItself = false
      try push(takeName(), attributes: 0)
    }
  }
}
