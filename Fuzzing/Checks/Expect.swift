/// Ends the program, as a crash would, where something that always holds does not.
package func expect(_ holds: Bool, _ what: @autoclosure () -> String) {
  guard !holds else { return }
  fatalError("broken: \(what())")
}

/// The input that libFuzzer gives.
package func input(_ start: UnsafePointer<UInt8>?, _ count: Int) -> [UInt8] {
  Array(UnsafeBufferPointer(start: start, count: count))
}
