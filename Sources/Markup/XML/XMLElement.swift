/// An element of an XML document that was read.
package struct XMLElement: Sendable {
  /// Without its prefix.
  package let name: String
  /// Empty where it is in none.
  package let namespace: String
  package let line: Int
  package private(set) var children: [XMLElement] = []
  /// The text directly in it.
  package private(set) var text = ""
  private var attributes: [String: String] = [:]

  init(name: String, namespace: String, line: Int) {
    self.name = name
    self.namespace = namespace
    self.line = line
  }

  /// An attribute in no namespace, by its name.
  package subscript(attribute: String) -> String? { attributes[attribute] }

  mutating func setAttribute(_ name: String, to value: String) { attributes[name] = value }

  mutating func append(_ child: XMLElement) { children.append(child) }

  mutating func append(text more: String) { text += more }
}
