internal import CLibXML2
package import Model

/// Reads XML of strangers as a stream of records, in memory that does not grow with the document.
///
/// A record is an element directly in a container: the items of a channel, and all that the
/// channel says of itself. Nothing is fetched and nothing expanded; what is dangerous is refused
/// (``XMLRepair``). Records before a fault are read.
package struct XMLRecordReader: ~Copyable {
  /// What of a document is wanted.
  package struct Shape: Sendable {
    /// The elements whose children are records, by name; the root is one whatever its name.
    package var containers: Set<String>
    /// Elements that are passed over with all that is in them, as comments with their addresses.
    package var ignored: Set<String>

    package init(containers: Set<String>, ignored: Set<String> = []) {
      self.containers = containers
      self.ignored = ignored
    }
  }

  /// The text of one record; more is left out.
  package static let largestRecord = 20_000_000

  private let builder: XMLRecordBuilder
  private let parser: XMLPushParser
  private var repair: XMLRepair

  package init(_ shape: Shape) {
    builder = XMLRecordBuilder(shape)
    parser = XMLPushParser(builder)
    repair = XMLRepair(ignoring: shape.ignored)
  }

  /// The root element's tag; nil before it was read.
  package var root: XMLElement? { builder.root }

  /// What of the document had to be mended, and the line where that began.
  package var repairs: (Repairs, line: Int?) { (repair.repairs, repair.firstRepair) }

  /// Reads the next bytes, which are UTF-8, or meant to be.
  ///
  /// - Parameters:
  ///   - isLast: nothing follows.
  ///   - visit: gets each record that these bytes complete.
  /// - Throws: ``XMLFault`` for what cannot be read, after the records before it; and what `visit`
  ///   throws.
  package mutating func read(
    _ bytes: Span<UInt8>,
    isLast: Bool,
    visit: (XMLRecord) throws -> Void
  ) throws {
    let refusal = refusal(of: bytes, isLast: isLast)
    let isEnd = isLast && refusal == nil
    let fault = parser.read(repair.takeOutput(), isLast: isEnd, line: repair.line)
    for record in builder.takeRecords() { try visit(record) }
    if let fault = fault ?? refusal { throw fault }
  }

  private mutating func refusal(of bytes: Span<UInt8>, isLast: Bool) -> XMLFault? {
    do throws(XMLFault) {
      try repair.read(bytes, isLast: isLast)
      return nil
    } catch {
      return error
    }
  }
}

/// One record of a document.
package struct XMLRecord: Sendable {
  package var element: XMLElement
  /// Where it stands: the name of its container.
  package var container: String
  /// Whether it has more text than is kept.
  package var isCut: Bool
}
