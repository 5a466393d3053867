/// What is written in a row of another system's table.
struct ForeignRow {
  private let fields: [String: String]

  /// - Parameter fields: those that are filled, by their columns' names in lower case.
  init(_ fields: [String: String]) {
    self.fields = fields
  }

  /// The first of these columns that is filled.
  subscript(_ columns: String...) -> String? {
    columns.lazy.compactMap { fields[$0.lowercased()] }.first
  }
}
