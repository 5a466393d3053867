internal import CLibXML2

/// libxml2's parser, fed piece by piece; what it finds goes to a builder of records.
///
/// The document has no type and no references but to characters by now, so libxml2 has nothing to
/// fetch or expand.
@safe
final class XMLPushParser {
  /// libxml2 refuses to look through more than 10 MB at once.
  private static let piece = 64 << 10

  private let context: xmlParserCtxtPtr
  private let listener: Listener

  init(_ builder: XMLRecordBuilder) {
    listener = Listener(builder)
    var handler = unsafe xmlSAXHandler()
    unsafe handler.initialized = UInt32(XML_SAX2_MAGIC)
    unsafe handler.startElementNs = startElement
    unsafe handler.endElementNs = endElement
    unsafe handler.characters = takeCharacters
    unsafe handler.ignorableWhitespace = takeCharacters
    unsafe handler.cdataBlock = takeCharacters
    unsafe handler.serror = takeError
    let pointer = unsafe Unmanaged.passUnretained(listener).toOpaque()
    guard let context = unsafe xmlCreatePushParserCtxt(&handler, pointer, nil, 0, nil) else {
      fatalError("out of memory")
    }
    unsafe self.context = context
    unsafe listener.parser = context
    let options = XML_PARSE_NONET.rawValue | XML_PARSE_BIG_LINES.rawValue
    unsafe _ = xmlCtxtUseOptions(context, Int32(options))
  }

  deinit {
    unsafe xmlFreeParserCtxt(context)
  }

  /// Parses the next bytes.
  ///
  /// - Parameter line: the one on which they end.
  /// - Returns: what makes the document no XML, once it was found.
  func read(_ bytes: [UInt8], isLast: Bool, line: Int) -> XMLFault? {
    guard listener.fault == nil else { return listener.fault }
    for start in stride(from: 0, to: bytes.count, by: XMLPushParser.piece)
    where listener.isListening {
      parse(bytes.span.extracting(start..<min(start + XMLPushParser.piece, bytes.count)))
    }
    if isLast, listener.isListening { finish(on: line) }
    if listener.isTooDeep, listener.fault == nil {
      note("more than \(XMLRecordBuilder.deepest) elements are open at once")
    }
    return listener.fault
  }

  private func parse(_ bytes: Span<UInt8>) {
    unsafe bytes.withUnsafeBytes { buffer in
      let start = unsafe buffer.assumingMemoryBound(to: CChar.self).baseAddress
      unsafe _ = xmlParseChunk(context, start, Int32(buffer.count), 0)
    }
  }

  /// libxml2 calls every end that comes too early “extra content”, and until it is told of the end
  /// it keeps back what it was given last.
  private func finish(on line: Int) {
    unsafe _ = xmlParseChunk(context, nil, 0, 1)
    if let open = listener.builder.innermost {
      note("the document ends within “\(open)”: it was cut", line: line)
    } else if listener.builder.root == nil {
      note("there is no XML in it", line: line)
    }
  }

  private func note(_ message: String, line: Int? = nil) {
    listener.fault = XMLFault(line: line ?? listener.line, message: message)
  }
}

/// What libxml2's callbacks are told to.
@safe
private final class Listener {
  /// More names are only in documents that are made to cost memory.
  private static let mostNames = 1000

  let builder: XMLRecordBuilder
  var parser: xmlParserCtxtPtr?
  var fault: XMLFault?
  var isTooDeep = false

  init(_ builder: XMLRecordBuilder) { self.builder = builder }

  /// The names so far, by their places: the parser keeps one copy of each.
  private var names: [UnsafePointer<xmlChar>: String] = unsafe [:]

  /// A name that the parser keeps; empty where there is none.
  func name(_ pointer: UnsafePointer<xmlChar>?) -> String {
    guard let pointer = unsafe pointer else { return "" }
    if let known = unsafe names[pointer] { return known }
    let name = unsafe String(cString: pointer)
    if unsafe names.count < Listener.mostNames { unsafe names[pointer] = name }
    return name
  }

  /// Where in the document the parser is.
  var line: Int { unsafe Int(xmlSAX2GetLineNumber(parser)) }

  /// Whether what is told is still wanted.
  var isListening: Bool { fault == nil && !isTooDeep }
}

private func listener(_ context: UnsafeMutableRawPointer?) -> Listener? {
  guard let context = unsafe context else { return nil }
  let listener = unsafe Unmanaged<Listener>.fromOpaque(context).takeUnretainedValue()
  return listener.isListening ? listener : nil
}

private func startElement(
  context: UnsafeMutableRawPointer?,
  name: UnsafePointer<xmlChar>?,
  prefix: UnsafePointer<xmlChar>?,
  namespace: UnsafePointer<xmlChar>?,
  namespaceCount: Int32,
  namespaces: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?,
  attributeCount: Int32,
  defaultedCount: Int32,
  attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
) {
  guard let listener = unsafe listener(context) else { return }
  guard listener.builder.depth < XMLRecordBuilder.deepest else {
    listener.isTooDeep = true
    return
  }
  let usual = unsafe namespace == nil ? usualNamespaces[listener.name(prefix)] : nil
  var element = XMLElement(
    name: unsafe listener.name(name),
    namespace: unsafe usual ?? listener.name(namespace),
    line: listener.line
  )
  for index in 0..<Int(attributeCount) {
    guard let fields = unsafe attributes?.advanced(by: index * 5) else { break }
    unsafe element.setAttribute(fields)
  }
  listener.builder.start(element)
}

extension XMLElement {
  /// Takes an attribute as SAX2 has it: name, prefix, namespace, and where its value begins and
  /// ends.
  fileprivate mutating func setAttribute(_ fields: UnsafeMutablePointer<UnsafePointer<xmlChar>?>) {
    guard let local = unsafe fields[0], let start = unsafe fields[3], let end = unsafe fields[4]
    else {
      return
    }
    let bytes = unsafe UnsafeBufferPointer(start: start, count: end - start)
    let value = unsafe String(decoding: bytes, as: UTF8.self)
    let prefix = unsafe Markup.text(fields[1]).map { $0 + ":" } ?? ""
    setAttribute(
      prefix + (unsafe String(cString: local)),
      to: withoutReferences(value)
    )
  }
}

/// libxml2 leaves references to the ampersand for a parser of entities, which there is none of.
private func withoutReferences(_ value: String) -> String {
  value.utf8.contains(UInt8(ascii: "&")) ? value.replacing("&#38;", with: "&") : value
}

private func endElement(
  context: UnsafeMutableRawPointer?,
  name: UnsafePointer<xmlChar>?,
  prefix: UnsafePointer<xmlChar>?,
  namespace: UnsafePointer<xmlChar>?
) {
  unsafe listener(context)?.builder.end()
}

private func takeCharacters(
  context: UnsafeMutableRawPointer?,
  text: UnsafePointer<xmlChar>?,
  count: Int32
) {
  guard let listener = unsafe listener(context), let text = unsafe text else { return }
  unsafe listener.builder.append(UnsafeBufferPointer(start: text, count: Int(count)))
}

/// Only what makes the document no XML counts: a prefix without a namespace does not.
private func takeError(context: UnsafeMutableRawPointer?, error: xmlErrorPtr?) {
  guard let listener = unsafe listener(context), let error = unsafe error,
    unsafe error.pointee.level == XML_ERR_FATAL
  else { return }
  listener.fault = unsafe XMLFault(error)
}

private func text(_ pointer: UnsafePointer<xmlChar>?) -> String? {
  unsafe pointer.map { unsafe String(cString: $0) }
}

/// What is meant by prefixes that documents use without saying so.
private let usualNamespaces = [
  "atom": XMLNamespace.atom,
  "content": XMLNamespace.content,
  "dc": XMLNamespace.dublinCore,
  "dcterms": XMLNamespace.dublinCoreTerms,
  "itunes": XMLNamespace.podcast,
  "media": XMLNamespace.media,
  "wp": XMLNamespace.wordPress,
]
