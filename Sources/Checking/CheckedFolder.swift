/// The output folder, as far as it is checked.
package struct CheckedFolder {
  /// The files that feedgen wrote, in the order of their names.
  package var paths: [String]
  /// The bytes of a file; nil where there is none.
  package var contents: (String) throws -> [UInt8]?
  /// Whether there is a file, whoever put it there.
  package var isThere: (String) -> Bool

  package init(
    paths: [String],
    contents: @escaping (String) throws -> [UInt8]?,
    isThere: @escaping (String) -> Bool
  ) {
    self.paths = paths
    self.contents = contents
    self.isThere = isThere
  }
}
