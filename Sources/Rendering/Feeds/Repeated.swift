internal import Markup

/// An author or a topic, which many entries name: written once in each format of XML, then copied.
final class Repeated<Value> {
  let value: Value
  /// Elements of an Atom entry, as lines.
  let atom: [UInt8]
  /// Elements of an RSS item, as lines.
  let rss: [UInt8]

  init(_ value: Value, atom: [UInt8], rss: [UInt8]) {
    self.value = value
    self.atom = atom
    self.rss = rss
  }
}

extension XMLWriter {
  /// The lines that something is inside an element, without the element.
  mutating func lines(in element: StaticString, _ write: (inout XMLWriter) -> Void) -> [UInt8] {
    start(element)
    text("")
    takeBytes { _ in }
    write(&self)
    let lines = takeBytes(array)
    end()
    takeBytes { _ in }
    return lines
  }
}
