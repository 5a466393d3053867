internal import CLibXML2

/// A RELAX NG schema in XML syntax, to check our own output with; never a stranger's documents.
@safe
package struct RelaxNGSchema: ~Copyable {
  private let schema: xmlRelaxNGPtr

  package init(_ schema: [UInt8]) throws(XMLError) {
    let reasons = Reasons()
    let parsed = unsafe schema.withUnsafeBytes { bytes -> xmlRelaxNGPtr? in
      let parser = unsafe xmlRelaxNGNewMemParserCtxt(
        bytes.baseAddress?.assumingMemoryBound(to: CChar.self),
        Int32(bytes.count)
      )
      defer { unsafe xmlRelaxNGFreeParserCtxt(parser) }
      unsafe xmlRelaxNGSetParserStructuredErrors(parser, collect, reasons.context)
      // A schema that is no XML at all is reported to the library's global handler only.
      unsafe xmlSetStructuredErrorFunc(reasons.context, collect)
      defer { xmlSetStructuredErrorFunc(nil, nil) }
      return unsafe xmlRelaxNGParse(parser)
    }
    guard let parsed = unsafe parsed else { throw .invalidSchema(reasons.lines) }
    unsafe self.schema = parsed
  }

  deinit {
    unsafe xmlRelaxNGFree(schema)
  }

  /// What keeps a document from being valid, each with its line; empty when it is.
  package func violations(in document: [UInt8]) -> [String] {
    guard let parser = unsafe xmlNewParserCtxt() else { fatalError("out of memory") }
    defer { unsafe xmlFreeParserCtxt(parser) }
    guard let tree = unsafe read(document, with: parser) else {
      return [unsafe sentence(xmlCtxtGetLastError(parser))]
    }
    defer { unsafe xmlFreeDoc(tree) }
    // Ours have none, and what one declares would be expanded.
    guard unsafe tree.pointee.intSubset == nil else { return ["line 1: document type declaration"] }
    return unsafe violations(in: tree)
  }

  private func violations(in tree: xmlDocPtr) -> [String] {
    let reasons = Reasons()
    let validator = unsafe xmlRelaxNGNewValidCtxt(schema)
    defer { unsafe xmlRelaxNGFreeValidCtxt(validator) }
    unsafe xmlRelaxNGSetValidStructuredErrors(validator, collect, reasons.context)
    let verdict = unsafe xmlRelaxNGValidateDoc(validator, tree)
    return verdict == 0 || !reasons.lines.isEmpty ? reasons.lines : ["invalid"]
  }
}

/// Reads a document without its entities and without a network.
private func read(_ document: [UInt8], with parser: xmlParserCtxtPtr) -> xmlDocPtr? {
  let options = XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue
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

/// What libxml2 complained of, gathered through a C callback.
private final class Reasons {
  var lines: [String] = []

  var context: UnsafeMutableRawPointer { unsafe Unmanaged.passUnretained(self).toOpaque() }
}

private func collect(_ context: UnsafeMutableRawPointer?, _ error: xmlErrorPtr?) {
  guard let context = unsafe context else { return }
  let reasons = unsafe Unmanaged<Reasons>.fromOpaque(context).takeUnretainedValue()
  guard reasons.lines.count < 20 else { return }
  unsafe reasons.lines.append(sentence(error))
}

private func sentence(_ error: xmlErrorPtr?) -> String {
  guard let error = unsafe error?.pointee, let message = unsafe error.message else {
    return "not well-formed"
  }
  let text = unsafe String(cString: message)
  return unsafe "line \(error.line): \(text.last == "\n" ? String(text.dropLast()) : text)"
}
