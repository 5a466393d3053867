import Foundation
import Glibc

/// The messages of a Maildir that nobody has seen yet: those in `new/`, and those in `cur/` without
/// the flag S.
///
/// What was dealt with is moved to `cur/` with that flag, as a mail program does with what was read;
/// all else stays where it is.
struct Maildir {
  let path: String

  /// Nil where a folder has neither `new` nor `cur`.
  init?(_ path: String) {
    let folders = ["new", "cur"].filter { isFolder("\(path)/\($0)") }
    guard !folders.isEmpty else { return nil }
    self.path = path
  }

  /// Visits the unseen messages, of which only the beginning is read.
  ///
  /// - Parameter visit: returns whether the message was dealt with.
  func eachMessage(
    atMost limit: Int,
    marking isMarking: Bool,
    _ visit: ([UInt8]) throws -> Bool
  ) throws {
    for name in try unseen() {
      guard let bytes = try message(name, atMost: limit) else { continue }
      if try visit(bytes), isMarking { try markSeen(name) }
    }
  }

  /// Paths below the Maildir, by name, which begins with the time of arrival.
  private func unseen() throws -> [String] {
    try ["new", "cur"].flatMap { folder -> [String] in
      guard isFolder("\(path)/\(folder)") else { return [] }
      do {
        return try FileManager.default.contentsOfDirectory(atPath: "\(path)/\(folder)")
          .filter { !$0.hasPrefix(".") && !flags(of: $0).contains("S") }.sorted()
          .map { "\(folder)/\($0)" }
      } catch {
        throw MailFileError.unreadable(path: "\(path)/\(folder)", detail: "\(FileError.last)")
      }
    }
  }

  /// Nil where another program has moved it meanwhile, or it is no file.
  private func message(_ name: String, atMost limit: Int) throws -> [UInt8]? {
    let whole = "\(path)/\(name)"
    do throws(FileError) {
      let file = try OpenFile(whole, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
      return file.isRegular ? try file.beginning(atMost: limit) : nil
    } catch {
      guard unsafe access(whole, F_OK) == 0 else { return nil }
      throw MailFileError.unreadable(path: whole, detail: error.description)
    }
  }

  private func markSeen(_ name: String) throws {
    let file = name.split(separator: "/").last.map(String.init) ?? name
    let base = file.split(separator: ":", omittingEmptySubsequences: false).first ?? ""
    let flags = String((flags(of: file) + "S").sorted())
    _ = unsafe mkdir("\(path)/cur", 0o700)
    let moved = unsafe rename("\(path)/\(name)", "\(path)/cur/\(base):2,\(flags)")
    guard moved == 0 || errno == ENOENT else {
      throw MailFileError.unmovable(path: "\(path)/\(name)", detail: "\(FileError.last)")
    }
  }
}

/// `FS` of `1.host:2,FS`.
private func flags(of name: String) -> String {
  guard let info = name.firstRange(of: ":2,") else { return "" }
  return String(name[info.upperBound...])
}

func isFolder(_ path: String) -> Bool {
  var isFolder: ObjCBool = false
  return unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    && isFolder.boolValue
}
