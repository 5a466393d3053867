/// An element of an XML document that was read.
package struct XMLElement: Sendable {
  /// What an element holds, in its order.
  package enum Node: Sendable {
    case element(XMLElement)
    case text(String)
  }

  /// Without its prefix.
  package let name: String
  /// Empty where it is in none.
  package let namespace: String
  package let line: Int
  package private(set) var nodes: [Node] = []
  private var attributes: [(name: String, value: String)] = []

  init(name: String, namespace: String, line: Int) {
    self.name = name
    self.namespace = namespace
    self.line = line
  }

  package var children: [XMLElement] {
    nodes.compactMap { node in if case .element(let child) = node { child } else { nil } }
  }

  /// The text directly in it.
  package var text: String {
    // Most elements hold one text and nothing else.
    if nodes.count == 1, case .text(let text) = nodes[0] { return text }
    return nodes.reduce(into: "") { text, node in if case .text(let part) = node { text += part } }
  }

  /// An attribute by its name: in no namespace, or `xml:base`, `rdf:about`.
  package subscript(attribute: String) -> String? {
    attributes.first { $0.name == attribute }?.value
  }

  mutating func setAttribute(_ name: String, to value: String) {
    attributes.append((name, value))
  }

  mutating func append(_ child: XMLElement) { nodes.append(.element(child)) }

  mutating func append(text more: String) { nodes.append(.text(more)) }
}

extension XMLElement {
  /// What is in it, written as HTML: for markup that stands in a feed as elements of its own (RFC
  /// 4287 §4.1.3.3).
  ///
  /// Not fit to be shown.
  package var innerHTML: String {
    var output = HTMLOutput()
    write(to: &output)
    return String(decoding: output.bytes, as: UTF8.self)
  }

  /// The depth is at most that of the reader, so recursion is bounded.
  private func write(to output: inout HTMLOutput) {
    for node in nodes {
      switch node {
      case .text(let text): output.text(text)
      case .element(let child):
        output.start(child.name, child.attributes.map { .init(name: $0.name, value: $0.value) })
        child.write(to: &output)
        if !AllowList.void.contains(child.name) { output.end(child.name) }
      }
    }
  }
}
