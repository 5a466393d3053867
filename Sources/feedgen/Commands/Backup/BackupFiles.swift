import Cryptography
import Foundation
import Glibc

/// What was written, so that it can be known again.
struct FileProof: Codable, Equatable {
  var bytes: Int
  var sha256: String
}

/// The size and digest of a file.
func proof(of path: String) throws(BackupFailure) -> FileProof {
  try eachChunk(of: path) { _ in }
}

/// Copies a file to a new one that only its owner may read, and waits until the disk has it.
@discardableResult
func copyDurably(_ source: String, to target: String, mode: mode_t = 0o600) throws(BackupFailure)
  -> FileProof
{
  let file = unsafe open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
  guard file >= 0 else { throw .last(target) }
  defer { close(file) }
  let proof = try eachChunk(of: source) { (chunk) throws(BackupFailure) in
    try write(chunk, to: file, target)
  }
  guard fsync(file) == 0 else { throw .last(target) }
  return proof
}

/// Writes a new file that only its owner may read, and waits until the disk has it.
func writeDurably(_ bytes: [UInt8], to target: String) throws(BackupFailure) {
  let file = unsafe open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
  guard file >= 0 else { throw .last(target) }
  defer { close(file) }
  try write(bytes[...], to: file, target)
  guard fsync(file) == 0 else { throw .last(target) }
}

/// Waits until the disk has a file, or the names in a folder.
func sync(_ path: String) throws(BackupFailure) {
  let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
  guard file >= 0 else { throw .last(path) }
  defer { close(file) }
  guard fsync(file) == 0 else { throw .last(path) }
}

/// Makes a folder for its owner only, and those above it that are missing.
func makePrivateFolders(_ path: String) throws(BackupFailure) {
  if path != "/", unsafe access(path, F_OK) != 0 {
    try makePrivateFolders(absolutePath("..", in: path))
  }
  guard unsafe mkdir(path, 0o700) == 0 || errno == EEXIST else { throw .last(path) }
}

func renameFile(_ source: String, to target: String) throws(BackupFailure) {
  guard unsafe rename(source, target) == 0 else { throw .last(target) }
}

/// Removes a file or a folder with all that is in it, where it is there.
func removeAll(at path: String) throws(BackupFailure) {
  guard unsafe access(path, F_OK) == 0 else { return }
  do {
    try FileManager.default.removeItem(atPath: path)
  } catch {
    throw .system(path: path, code: errno == 0 ? EIO : errno)
  }
}

/// The names in a folder, sorted; none where it is not there.
func names(in folder: String) -> [String] {
  ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
}

private func eachChunk(
  of path: String,
  _ visit: (ArraySlice<UInt8>) throws(BackupFailure) -> Void
) throws(BackupFailure) -> FileProof {
  let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
  guard file >= 0 else { throw .last(path) }
  defer { close(file) }
  var digest = SHA256()
  var chunk = [UInt8](repeating: 0, count: 1 << 20)
  var total = 0
  while true {
    let count = unsafe read(file, &chunk, chunk.count)
    if count < 0, errno == EINTR { continue }
    guard count >= 0 else { throw .last(path) }
    if count == 0 { break }
    digest.update(chunk.span.extracting(..<count))
    try visit(chunk[..<count])
    total += count
  }
  return FileProof(bytes: total, sha256: digest.finish().hexadecimal)
}

private func write(
  _ bytes: ArraySlice<UInt8>,
  to file: Int32,
  _ path: String
) throws(BackupFailure) {
  var rest = bytes
  while !rest.isEmpty {
    let written = unsafe rest.withUnsafeBytes { unsafe write(file, $0.baseAddress, $0.count) }
    if written < 0, errno == EINTR { continue }
    guard written > 0 else { throw .last(path) }
    rest = rest.dropFirst(written)
  }
}
