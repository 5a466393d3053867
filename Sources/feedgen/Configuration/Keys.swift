import ArgumentParser
import Cryptography
import Glibc

/// The secrets of a site, in its folder `keys/`.
///
/// They are never overwritten. A backup contains them: without the first, addresses that asked to
/// be forgotten could not be known again.
struct Keys: Sendable {
  /// For Message-IDs and suppressions; it never changes.
  let message: [UInt8]
  /// For the tokens in links; a later one gets the next number, which tokens carry.
  ///
  /// Tokens of earlier ones are good as long as their files are there.
  let tokens: TokenKeys

  static let messageFile = "message.key"
  static let tokenFile = "token-1.key"
  private static let length = 32

  /// Reads the keys.
  ///
  /// - Parameters:
  ///   - folder: absolute.
  ///   - create: whether missing keys may be made, because nothing depends on them yet: the store
  ///     is new.
  static func load(folder: String, create: Bool) throws(KeysError) -> Keys {
    if create { try make(in: folder) }
    return Keys(
      message: try key(messageFile, in: folder),
      tokens: try tokens(in: folder)
    )
  }

  private static func tokens(in folder: String) throws(KeysError) -> TokenKeys {
    var keys: [UInt8: [UInt8]] = [:]
    for number in UInt8(1)...255 {
      let name = "token-\(number).key"
      guard unsafe access("\(folder)/\(name)", F_OK) == 0 else { continue }
      keys[number] = try key(name, in: folder)
    }
    guard !keys.isEmpty else { throw .missing(path: "\(folder)/\(tokenFile)") }
    return TokenKeys(keys)
  }

  private static func key(_ name: String, in folder: String) throws(KeysError) -> [UInt8] {
    let path = "\(folder)/\(name)"
    guard unsafe access(path, F_OK) == 0 || errno != ENOENT else { throw .missing(path: path) }
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try privateFile(at: path, atMost: length + 1)
    } catch {
      throw KeysError(error, path: path)
    }
    guard bytes.count == length else { throw .damaged(path: path) }
    return bytes
  }
}

extension Keys {
  /// Makes the folder, for its owner only, where there is none.
  static func makeFolder(_ folder: String) throws(KeysError) {
    guard unsafe mkdir(folder, 0o700) == 0 || errno == EEXIST else {
      throw KeysError(.last, path: folder)
    }
  }

  /// Makes the folder and the keys that are not there.
  private static func make(in folder: String) throws(KeysError) {
    try makeFolder(folder)
    let hasToken = unsafe access("\(folder)/\(tokenFile)", F_OK) == 0
    let hasMessage = unsafe access("\(folder)/\(messageFile)", F_OK) == 0
    // Tokens without the key that never changes: it was lost, and another would hide that.
    if hasToken, !hasMessage { throw .missing(path: "\(folder)/\(messageFile)") }
    for name in [messageFile, tokenFile] {
      do throws(FileError) {
        try makePrivateFile(name, in: folder, randomBytes(length))
      } catch {
        throw KeysError(error, path: "\(folder)/\(name)")
      }
    }
  }
}

/// Why the keys of a site cannot be used.
enum KeysError: Error, Equatable, CustomStringConvertible {
  case missing(path: String)
  case damaged(path: String)
  case readableByOthers(path: String)
  case system(path: String, detail: String)

  init(_ error: FileError, path: String) {
    switch error {
    case .readableByOthers: self = .readableByOthers(path: path)
    case .system(let detail): self = .system(path: path, detail: detail)
    }
  }

  var description: String {
    switch self {
    case .missing(let path):
      "\(path): missing, and the store needs the key it was made with; restore it from a backup"
    case .damaged(let path):
      "\(path): not a key of feedgen’s, which has 32 bytes; restore it from a backup"
    case .readableByOthers(let path):
      "\(path): others can read this key; run “chmod 600 \(path)”"
    case .system(let path, let detail):
      "\(path): cannot be used (\(detail)); give the user who runs feedgen the right to"
    }
  }
}

extension KeysError: ExitCoded {
  var exitCode: ExitCode {
    switch self {
    case .missing: .missingInput
    case .damaged: .badInput
    case .readableByOthers, .system: .noPermission
    }
  }
}
