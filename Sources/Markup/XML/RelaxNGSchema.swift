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
    guard let parsed = unsafe parsed else {
      throw .invalidSchema(reasons.faults.map(\.description))
    }
    unsafe self.schema = parsed
  }

  deinit {
    unsafe xmlRelaxNGFree(schema)
  }

  /// What keeps a document from being valid, each with its line; empty when it is.
  package func violations(in document: [UInt8]) -> [String] {
    do {
      return try violations(in: XMLTree(parsing: document)).map(\.description)
    } catch .notWellFormed(let fault) {
      return [fault.description]
    } catch {
      return ["\(error)"]
    }
  }

  /// What keeps a document that was read from being valid; empty when it is.
  package func violations(in tree: borrowing XMLTree) -> [XMLFault] {
    let reasons = Reasons()
    let validator = unsafe xmlRelaxNGNewValidCtxt(schema)
    defer { unsafe xmlRelaxNGFreeValidCtxt(validator) }
    unsafe xmlRelaxNGSetValidStructuredErrors(validator, collect, reasons.context)
    let verdict = unsafe xmlRelaxNGValidateDoc(validator, tree.document)
    let isValid = verdict == 0
    return isValid || !reasons.faults.isEmpty
      ? reasons.faults : [XMLFault(line: 1, message: "invalid")]
  }
}

/// What libxml2 complained of, gathered through a C callback.
private final class Reasons {
  var faults: [XMLFault] = []

  var context: UnsafeMutableRawPointer { unsafe Unmanaged.passUnretained(self).toOpaque() }
}

private func collect(_ context: UnsafeMutableRawPointer?, _ error: xmlErrorPtr?) {
  guard let context = unsafe context else { return }
  let reasons = unsafe Unmanaged<Reasons>.fromOpaque(context).takeUnretainedValue()
  guard reasons.faults.count < 20 else { return }
  unsafe reasons.faults.append(XMLFault(error))
}
