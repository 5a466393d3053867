import FuzzChecks
import Glibc
import Importing
import Model

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzExports(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  file.write(input(start, count))
  let export = WordPressExport(path: file.path)
  var index = WordPressIndex()
  var selection = WordPressExport.Selection()
  selection.types = ["post", "page"]
  do {
    try export.addIndex(to: &index) { _ in }
    _ = try export.eachItem(index, selection, in: Sample.settings.zone, progress: { _ in }) {
      check($0)
    }
  } catch {
    expect(error is Problem, "an error without a place: \(error)")
  }
  return 0
}

private func check(_ item: WordPressExport.Item) {
  guard case .entry(let entry) = item else { return }
  let origin = Article.Origin(source: "export", key: entry.key)
  let made = try? Sample.reader.draft(of: entry, origin: origin, path: "export")
  if let made { check(made.draft) }
}

/// Exports are read from files: this one has no name, and is written anew for each input.
private struct NamelessFile {
  private let number: Int32 = {
    guard let file = tmpfile() else { fatalError("no file can be made: \(errno)") }
    return fileno(file)
  }()

  var path: String { "/proc/self/fd/\(number)" }

  func write(_ bytes: [UInt8]) {
    guard ftruncate(number, 0) == 0, pwrite(number, bytes, bytes.count, 0) == bytes.count else {
      fatalError("the file cannot be written: \(errno)")
    }
  }
}

private let file = NamelessFile()
