internal import CGumbo
import Model

/// A tree, and what of its characters had to be mended.
struct HTMLTree {
  var tokens: [HTMLToken] = []
  var repairs = Repairs()
}

/// Parses a fragment by putting it into a page's body.
///
/// gumbo's own mode for fragments follows an older rule, by which an SVG that is never closed takes
/// all paragraphs behind it.
func parseFragment(_ html: String) throws(HTMLError) -> HTMLTree {
  if let tree = wellNestedFragment(html) { return tree }
  var tree = try parse(html, after: "<!DOCTYPE html><body>")
  let body = tree.tokens[...].firstElement { $0.name == "body" } ?? []
  tree.tokens = Array(body.dropFirst().dropLast())
  return tree
}

/// The tree of a fragment that needs no parser's judgement.
private func wellNestedFragment(_ html: String) -> HTMLTree? {
  guard html.utf8.count <= HTMLLimits.bytes else { return nil }
  let repaired = RepairedText(html)
  guard repaired.repairs.isEmpty else { return nil }
  var text = repaired.text
  return text.withUTF8 { unsafe WellNestedHTML.tokens(of: $0) }.map { HTMLTree(tokens: $0) }
}

/// Parses a whole page.
func parsePage(_ html: String) throws(HTMLError) -> HTMLTree {
  try parse(html, after: "")
}

/// Parses by the rules of HTML5; gumbo's tree is freed before this returns.
private func parse(_ html: String, after start: String) throws(HTMLError) -> HTMLTree {
  // What is far too large is not even looked at, or not mended first.
  guard html.utf8.count <= HTMLLimits.bytesWithPictures else {
    throw .tooLarge(bytes: html.utf8.count)
  }
  if html.utf8.count > HTMLLimits.bytes { try checkLimits(of: html.utf8.span) }
  let repaired = RepairedText(html)
  // The reader has mended what the file had: what is found now were references in Markdown.
  var repairs = Repairs()
  repairs.note(.reference, repaired.repairs.total - repaired.repairs[.windows1252])
  var html = withoutImpossibleReferences(repaired.text, &repairs)
  html.makeContiguousUTF8()
  try checkLimits(of: html.utf8.span)
  html = start + html
  var options = unsafe kGumboDefaultOptions
  unsafe options.max_errors = 0
  var tree = html.withUTF8 { bytes in
    unsafe bytes.withMemoryRebound(to: CChar.self) { characters in
      unsafe parsed(characters, &options)
    }
  }
  tree.repairs.add(repairs)
  return tree
}

private func parsed(
  _ html: UnsafeBufferPointer<CChar>,
  _ options: inout GumboOptions
) -> HTMLTree {
  guard let start = html.baseAddress, !html.isEmpty else { return HTMLTree() }
  guard let output = unsafe gumbo_parse_with_options(&options, start, html.count) else {
    fatalError("out of memory")
  }
  defer { unsafe gumbo_destroy_output(&options, output) }
  guard let root = unsafe output.pointee.root else { return HTMLTree() }
  var walk = TreeWalk()
  unsafe walk.visitDescendants(of: root)
  return walk.tree
}

/// A walk over gumbo's tree without recursion, which leaves comments and foreign content out.
private struct TreeWalk {
  var tree = HTMLTree()

  mutating func visitDescendants(of root: UnsafeMutablePointer<GumboNode>) {
    unsafe open(root)
    var current: UnsafeMutablePointer<GumboNode>? = unsafe child(0, of: root)
    var parent = unsafe root
    while true {
      if let node = unsafe current {
        if unsafe enter(node) {
          unsafe parent = node
          unsafe current = child(0, of: node)
        } else {
          unsafe current = child(node.pointee.index_within_parent + 1, of: parent)
        }
        continue
      }
      unsafe close(parent)
      guard unsafe parent != root, let above = unsafe parent.pointee.parent else { return }
      unsafe current = child(parent.pointee.index_within_parent + 1, of: above)
      unsafe parent = above
    }
  }

  /// Takes a node in, and tells whether it is an element, whose children come next.
  private mutating func enter(_ node: UnsafeMutablePointer<GumboNode>) -> Bool {
    switch unsafe node.pointee.type {
    case GUMBO_NODE_ELEMENT, GUMBO_NODE_TEMPLATE:
      guard unsafe node.pointee.v.element.tag_namespace == GUMBO_NAMESPACE_HTML else {
        return false
      }
      unsafe open(node)
      return true
    case GUMBO_NODE_TEXT, GUMBO_NODE_WHITESPACE, GUMBO_NODE_CDATA:
      append(text: unsafe String(cString: node.pointee.v.text.text))
      return false
    default:
      return false
    }
  }

  private mutating func append(text: String) {
    let cleaned = cleanedAfterParsing(text, &tree.repairs)
    if case .text(var joined) = tree.tokens.last {
      // Nobody else holds it then, and there may be as many comments in a text as letters.
      tree.tokens.removeLast()
      joined += cleaned
      tree.tokens.append(.text(joined))
    } else if !cleaned.isEmpty {
      tree.tokens.append(.text(cleaned))
    }
  }

  private mutating func open(_ node: UnsafeMutablePointer<GumboNode>) {
    var element = unsafe HTMLElement(name: name(of: node))
    let attributes = unsafe node.pointee.v.element.attributes
    for index in 0..<(unsafe Int(attributes.length)) {
      guard let pointer = unsafe attributes.data[index] else { continue }
      let attribute = unsafe pointer.assumingMemoryBound(to: GumboAttribute.self).pointee
      let name = unsafe String(cString: attribute.name)
      let value = unsafe cleanedAfterParsing(String(cString: attribute.value), &tree.repairs)
      element.attributes.append(.init(name: name, value: value))
    }
    tree.tokens.append(.open(element))
  }

  private mutating func close(_ node: UnsafeMutablePointer<GumboNode>) {
    tree.tokens.append(.close(unsafe name(of: node)))
  }
}

private func child(
  _ index: Int,
  of node: UnsafeMutablePointer<GumboNode>
) -> UnsafeMutablePointer<GumboNode>? {
  let children = unsafe node.pointee.v.element.children
  guard unsafe index < Int(children.length) else { return nil }
  return unsafe children.data[index]?.assumingMemoryBound(to: GumboNode.self)
}

private func name(of node: UnsafeMutablePointer<GumboNode>) -> String {
  let element = unsafe node.pointee.v.element
  guard unsafe element.tag == GUMBO_TAG_UNKNOWN else {
    return unsafe String(cString: gumbo_normalized_tagname(element.tag))
  }
  var original = unsafe element.original_tag
  unsafe gumbo_tag_from_original_text(&original)
  let bytes = unsafe UnsafeRawBufferPointer(start: original.data, count: original.length)
  return unsafe String(decoding: bytes, as: UTF8.self).lowercased()
}

/// Cleans again: a reference such as `&#x1F;` has become a character that the source did not have.
///
/// U+FFFD is what the parser makes of references to nothing, as `&#0;` and `&#xD800;`.
private func cleanedAfterParsing(_ text: String, _ repairs: inout Repairs) -> String {
  let repaired = RepairedText(text)
  repairs.note(.reference, repaired.repairs.total)
  // No other character has two of its bytes.
  guard repaired.text.utf8.contains(0xef), repaired.text.unicodeScalars.contains("\u{fffd}")
  else { return repaired.text }
  let kept = repaired.text.unicodeScalars.filter { $0 != "\u{fffd}" }
  repairs.note(.reference, repaired.text.unicodeScalars.count - kept.count)
  return String(String.UnicodeScalarView(kept))
}
