import Model

extension SubscriberTable {
  /// The names of the columns in the order of the first line, in lower case; all that are needed are
  /// there, and none that nobody reads.
  func names(in record: CSVRecord) throws(Problem) -> [String] {
    if let fault = record.fault { throw problem(fault, line: record.line) }
    guard let texts = record.texts else {
      throw problem(
        "not UTF-8; in a spreadsheet, save the table as “CSV UTF-8”",
        line: record.line
      )
    }
    let names = texts.map { trimmed($0).lowercased() }
    switch format {
    case .own: try checkOwn(names, line: record.line)
    case .foreign(let system, _): try check(names, of: system, line: record.line)
    }
    return names
  }

  private func checkOwn(_ names: [String], line: Int) throws(Problem) {
    for (index, name) in names.enumerated() {
      guard Column(rawValue: name) != nil else { throw unknown(name, line: line) }
      guard !names[..<index].contains(name) else {
        throw problem("the column “\(name)” is here twice; remove one", line: line)
      }
    }
    guard names.contains(Column.email.rawValue) else {
      throw problem("there is no column “email” in the first line", line: line)
    }
  }

  private func check(_ names: [String], of system: ForeignSystem, line: Int) throws(Problem) {
    for column in system.neededColumns where !names.contains(column.lowercased()) {
      let needed = system.neededColumns.map { "“\($0)”" }.joined(separator: ", ")
      throw problem(
        "there is no column “\(column)” in the first line; a table from \(system.rawValue) is read "
          + "by its English names, and needs \(needed)",
        line: line
      )
    }
  }

  private func unknown(_ name: String, line: Int) -> Problem {
    let known = Column.allCases.map(\.rawValue)
    let foreign = ForeignSystem.allCases.filter { system in
      system.neededColumns.contains { $0.lowercased() == name }
    }
    let systems = foreign.map { "--map \($0.rawValue)" }.joined(separator: " or ")
    let advice =
      nearestName(to: name, among: known).map { "did you mean “\($0)”?" }
      ?? (systems.isEmpty ? nil : "is it another system’s table? Then say \(systems)")
      ?? "the first line names columns, of \(known.joined(separator: ","))"
    return problem("“\(name)” is no column; \(advice)", line: line)
  }
}
