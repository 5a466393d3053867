import Model

/// Where a value of the configuration was written.
enum Place: Hashable {
  /// In the file; line and column count from 1, columns in Unicode scalars.
  case file(line: Int, column: Int)
  /// In the argument of `--set` for this key. Its value may be secret, and is not shown.
  case option(key: String)
}

extension Place: Comparable {
  /// The file from top to bottom, then the options.
  static func < (left: Place, right: Place) -> Bool {
    switch (left, right) {
    case (.file(let line, let column), .file(let otherLine, let otherColumn)):
      (line, column) < (otherLine, otherColumn)
    case (.file, .option): true
    case (.option, .file): false
    case (.option(let key), .option(let otherKey)): key < otherKey
    }
  }
}
