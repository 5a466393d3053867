internal import Cryptography
internal import Glibc

/// The journals beside a store, one for each run that sends.
package struct JournalFolder: Sendable {
  /// What is left of a run's journal.
  package enum Remains: Equatable, Sendable {
    /// The run is at work.
    case alive
    /// There is none.
    case missing
    /// The run is dead. Where the machine has been started since, the latest records may be missing.
    case left(kind: JournalKind, [JournalRecord], isWhole: Bool)
  }

  private let prefix: String

  /// - Parameter storePath: the store's file; a journal's name is that, `.journal.` and the run's.
  package init(beside storePath: String) {
    prefix = storePath + ".journal."
  }

  /// Begins a run's journal; no two runs have the same name.
  package func begin(_ run: String, _ kind: JournalKind) throws(JournalError) -> JournalFile {
    let path = prefix + run
    let flags = O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW
    let file = unsafe open(path, flags, 0o600)
    guard file >= 0, flock(file, LOCK_EX | LOCK_NB) == 0
    else { throw JournalError(path: path, detail: lastFailure()) }
    // Between the two another run may have taken it for a dead one's, and removed it.
    guard unsafe access(path, F_OK) == 0 else {
      close(file)
      return try begin(run, kind)
    }
    return try JournalFile(path: path, file: file, header: JournalHeader(kind: kind).bytes)
  }

  /// Looks at what a run has left.
  package func remains(of run: String) throws(JournalError) -> Remains {
    let path = prefix + run
    let file = unsafe open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW)
    guard file >= 0 else {
      if errno == ENOENT { return .missing }
      throw JournalError(path: path, detail: lastFailure())
    }
    defer { close(file) }
    guard flock(file, LOCK_EX | LOCK_NB) == 0 else { return .alive }
    return remains(try contents(of: file, path))
  }

  /// The runs that have a journal here.
  package func runs() -> [String] {
    let start = prefix.utf8.lastIndex(of: 47).map { prefix.utf8.index(after: $0) }
    let name = String(prefix[(start ?? prefix.startIndex)...])
    guard let stream = unsafe opendir(start.map { String(prefix[..<$0]) } ?? ".") else { return [] }
    defer { unsafe closedir(stream) }
    var runs: [String] = []
    while let entry = unsafe readdir(stream) {
      let file = unsafe fileName(of: entry)
      if file.hasPrefix(name) { runs.append(String(file.dropFirst(name.count))) }
    }
    return runs.sorted()
  }

  /// Takes away what a dead run has left.
  package func remove(_ run: String) {
    unsafe unlink(prefix + run)
  }

  private func remains(_ bytes: [UInt8]) -> Remains {
    guard let header = JournalHeader(bytes.prefix(JournalRecord.size))
    else { return .left(kind: .relay, [], isWhole: false) }
    var records: [JournalRecord] = []
    var rest = bytes.dropFirst(JournalRecord.size)
    while let record = JournalRecord(rest.prefix(JournalRecord.size)) {
      records.append(record)
      rest = rest.dropFirst(JournalRecord.size)
    }
    return .left(kind: header.kind, records, isWhole: header.isOfThisBoot)
  }

  private func contents(of file: Int32, _ path: String) throws(JournalError) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let count = unsafe read(file, &buffer, buffer.count)
      guard count >= 0 else { throw JournalError(path: path, detail: lastFailure()) }
      guard count > 0 else { return bytes }
      bytes += buffer[..<count]
    }
  }
}

/// What a run's messages go to.
package enum JournalKind: UInt8, Sendable {
  /// A mail server: what was on its way may have arrived.
  case relay = 1
  /// The outbox, where a message may be written twice: it is the same file.
  case outbox = 2
}

/// The first record of a journal: whose it is, and when the machine was started.
struct JournalHeader {
  private static let name = Array("feedgen1".utf8)

  var kind: JournalKind
  private var boot = bootIdentifier

  init(kind: JournalKind) {
    self.kind = kind
  }

  init?(_ bytes: ArraySlice<UInt8>) {
    guard bytes.count == JournalRecord.size, bytes.starts(with: Self.name),
      let kind = JournalKind(rawValue: bytes[bytes.startIndex + 24])
    else { return nil }
    self.kind = kind
    boot = Array(bytes.dropFirst(8).prefix(16))
  }

  var isOfThisBoot: Bool { boot == bootIdentifier }

  var bytes: [UInt8] { Self.name + boot + [kind.rawValue] + [UInt8](repeating: 0, count: 7) }
}

/// Another one each time the kernel starts (proc(5), random/boot_id), hashed to 16 bytes; and each
/// time the program does where the kernel does not say.
private let bootIdentifier: [UInt8] = {
  var text = [UInt8](repeating: 0, count: 64)
  let file = unsafe open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC)
  guard file >= 0 else { return randomBytes(16) }
  defer { close(file) }
  let count = unsafe read(file, &text, text.count)
  return Checksum.of(Array(text.prefix(max(0, count))))
}()
