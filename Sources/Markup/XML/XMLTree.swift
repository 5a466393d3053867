internal import CLibXML2

/// An XML document that was read whole, to check our own output with; never a stranger's.
///
/// Nothing is fetched and nothing expanded: a document type declaration is an error.
@safe
package struct XMLTree: ~Copyable {
  let document: xmlDocPtr

  /// Reads a document; what is not well-formed is an error with its line.
  package init(parsing bytes: [UInt8]) throws(XMLError) {
    guard let parser = unsafe xmlNewParserCtxt() else { fatalError("out of memory") }
    defer { unsafe xmlFreeParserCtxt(parser) }
    guard let document = unsafe read(bytes, with: parser) else {
      throw .notWellFormed(unsafe XMLFault(xmlCtxtGetLastError(parser)))
    }
    // Ours have none, and what one declares would be expanded.
    guard unsafe document.pointee.intSubset == nil else {
      unsafe xmlFreeDoc(document)
      throw .notWellFormed(XMLFault(line: 1, message: "document type declaration"))
    }
    unsafe self.document = document
  }

  deinit {
    unsafe xmlFreeDoc(document)
  }

  package var root: XMLElement {
    guard let root = unsafe xmlDocGetRootElement(document) else {
      preconditionFailure("a well-formed document has a root")
    }
    return unsafe XMLElement(root)
  }
}

/// Reads a document without its entities and without a network.
private func read(_ document: [UInt8], with parser: xmlParserCtxtPtr) -> xmlDocPtr? {
  let options =
    XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue
    | XML_PARSE_BIG_LINES.rawValue
  return unsafe document.withUnsafeBytes { bytes in
    unsafe xmlCtxtReadMemory(
      parser,
      bytes.baseAddress?.assumingMemoryBound(to: CChar.self),
      Int32(bytes.count),
      nil,
      nil,
      Int32(options)
    )
  }
}

extension XMLElement {
  /// Copies an element with all that is in it; libxml2 reads no more than 256 levels.
  fileprivate init(_ node: xmlNodePtr) {
    unsafe self.init(
      name: String(node.pointee.name),
      namespace: node.pointee.ns.flatMap { unsafe $0.pointee.href }.map { unsafe String($0) } ?? "",
      line: Int(xmlGetLineNo(node))
    )
    unsafe copyAttributes(of: node)
    var child = unsafe node.pointee.children
    while let current = unsafe child {
      unsafe copy(child: current)
      unsafe child = current.pointee.next
    }
  }

  private mutating func copyAttributes(of node: xmlNodePtr) {
    var attribute = unsafe node.pointee.properties
    while let current = unsafe attribute {
      if unsafe current.pointee.ns == nil, let value = unsafe current.pointee.children {
        unsafe setAttribute(String(current.pointee.name), to: String(value.pointee.content))
      }
      unsafe attribute = current.pointee.next
    }
  }

  private mutating func copy(child: xmlNodePtr) {
    switch unsafe child.pointee.type {
    case XML_ELEMENT_NODE: unsafe append(XMLElement(child))
    case XML_TEXT_NODE, XML_CDATA_SECTION_NODE:
      unsafe append(text: String(child.pointee.content))
    default: break
    }
  }
}

extension String {
  fileprivate init(_ text: UnsafePointer<xmlChar>) {
    unsafe self.init(cString: text)
  }
}

extension XMLFault {
  init(_ error: xmlErrorPtr?) {
    guard let error = unsafe error?.pointee, let message = unsafe error.message else {
      self.init(line: 1, message: "not well-formed")
      return
    }
    let text = unsafe String(cString: message)
    let line = unsafe Int(error.line)
    self.init(line: line, message: text.last == "\n" ? String(text.dropLast()) : text)
  }
}
