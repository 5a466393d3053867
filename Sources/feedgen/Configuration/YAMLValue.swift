/// A value as it stands in the configuration, with its place.
///
/// The text of a scalar is kept as written: what YAML makes of `no`, `012` or `08:00` is decided by
/// what the key asks for, not by the look of the value.
struct YAMLValue {
  indirect enum Content {
    /// An empty value, `~` or `null`.
    case nothing
    case text(String, isQuoted: Bool)
    case list([YAMLValue])
    case mapping([Entry])
  }

  struct Entry {
    var key: String
    var place: Place
    var value: YAMLValue
  }

  var content: Content
  var place: Place

  /// What it is, for a person.
  var kind: String {
    switch content {
    case .nothing: "nothing"
    case .text: "a text"
    case .list: "a list"
    case .mapping: "a group of keys"
    }
  }
}
