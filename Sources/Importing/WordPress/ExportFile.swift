import Glibc
import Model

/// A file that is read piece by piece.
struct ExportFile: ~Copyable {
  private static let piece = 256 << 10

  private let path: String
  private let file: FileDescriptor
  let stamp: FileStamp
  private var position = 0
  /// Whether what was read last is the beginning.
  private(set) var isAtStart = false
  private(set) var isAtEnd = false

  init(opening path: String) throws(Problem) {
    guard let file = FileDescriptor(opened: unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK))
    else { throw Problem(path: path, message: "cannot be opened (\(reason(errno)))") }
    var status = stat()
    guard unsafe fstat(file.number, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw Problem(path: path, message: "is no file; name the .xml files of the export")
    }
    self.path = path
    self.file = file
    stamp = FileStamp(status)
  }

  /// From 0 to 1.
  var fractionRead: Double {
    stamp.size == 0 ? 1 : min(1, Double(position) / Double(stamp.size))
  }

  /// The next bytes; nil after the last, which may be none.
  mutating func next() throws(Problem) -> [UInt8]? {
    guard !isAtEnd else { return nil }
    var code: Int32 = 0
    let number = file.number
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: ExportFile.piece) { buffer, count in
      let got = unsafe Glibc.read(number, buffer.baseAddress, ExportFile.piece)
      code = got < 0 ? errno : 0
      count = max(0, got)
    }
    guard code == 0 else { throw Problem(path: path, message: "cannot be read (\(reason(code)))") }
    isAtStart = position == 0
    position += bytes.count
    isAtEnd = bytes.isEmpty
    return bytes
  }
}
