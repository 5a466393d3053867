import Foundation
import Glibc
import Model

extension Configuration {
  /// Reads a site's configuration: the whole of it, or everything that is wrong with it.
  ///
  /// - Parameters:
  ///   - siteFolder: the site's folder; nil means the nearest at or above `workingFolder`.
  ///   - overrides: `key.path=value`, each in the place of what the file says.
  static func load(
    siteFolder: String?,
    overrides: [String] = [],
    workingFolder: String = FileManager.default.currentDirectoryPath,
    asOf now: Instant = .now
  ) throws(ConfigurationError) -> Configuration {
    let folder = try find(siteFolder, from: workingFolder)
    let path = absolutePath(fileName, in: folder)
    let text = try text(ofFile: path)
    return try configuration(
      ConfigurationText(path: path, text: text),
      overrides: overrides,
      folder: folder,
      asOf: now
    )
  }

  /// Makes a configuration from a file's text.
  static func configuration(
    _ source: ConfigurationText,
    overrides: [String],
    folder: String,
    asOf now: Instant
  ) throws(ConfigurationError) -> Configuration {
    let (read, problems) = YAMLReader.read(source)
    guard problems.isEmpty || read != nil else { throw ConfigurationError(problems: problems) }
    let findings = Findings(source)
    for problem in problems { findings.note(problem) }
    var value = read ?? YAMLValue(content: .nothing, place: .file(line: 1, column: 1))
    for override in overrides { value.apply(override: override, findings: findings) }
    let decoder = ConfigurationDecoder(
      folder: folder,
      findings: findings,
      today: Zone.utc.civil(now).date
    )
    guard let configuration = decoder.configuration(value) else {
      throw ConfigurationError(problems: findings.problems)
    }
    return configuration
  }
}

extension Configuration {
  private static func find(
    _ siteFolder: String?,
    from workingFolder: String
  ) throws(ConfigurationError) -> String {
    if let siteFolder {
      let folder = absolutePath(siteFolder, in: workingFolder)
      if isSite(folder) { return folder }
      throw notFound(in: folder, "no \(fileName) here; run “feedgen init \(siteFolder)”")
    }
    var folder = absolutePath(workingFolder, in: "/")
    while !isSite(folder) {
      guard folder != "/" else {
        throw notFound(
          in: absolutePath(workingFolder, in: "/"),
          "no \(fileName) here or in any folder above; name the site with --site, or make one "
            + "with “feedgen init”"
        )
      }
      folder = absolutePath("..", in: folder)
    }
    return folder
  }

  private static func isSite(_ folder: String) -> Bool {
    unsafe access(absolutePath(fileName, in: folder), F_OK) == 0
  }

  private static func notFound(in folder: String, _ message: String) -> ConfigurationError {
    ConfigurationError(problems: [Problem(path: folder, message: message)])
  }

  private static let mostBytes = 1 << 20

  private static func text(ofFile path: String) throws(ConfigurationError) -> String {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try wholeFile(at: path, atMost: mostBytes)
    } catch {
      throw ConfigurationError(problems: [Problem(path: path, message: "cannot be read (\(error))")]
      )
    }
    return try text(of: bytes, path: path)
  }

  /// The text of bytes that are UTF-8 without control characters; both would stop libyaml without
  /// a place.
  static func text(of bytes: [UInt8], path: String) throws(ConfigurationError) -> String {
    let isMarked = bytes.starts(with: [0xEF, 0xBB, 0xBF])
    let text = String(decoding: isMarked ? bytes.dropFirst(3) : bytes[...], as: UTF8.self)
    let source = ConfigurationText(path: path, text: text)
    guard String(validating: bytes, as: UTF8.self) != nil else {
      let place = text.place { $0 == "\u{FFFD}" }
      throw ConfigurationError(
        problems: [source.problem("not UTF-8; save the file in that encoding", at: place)])
    }
    guard text.unicodeScalars.allSatisfy({ !isForbidden($0) }) else {
      let message = "a control character, which YAML does not allow; remove it"
      throw ConfigurationError(
        problems: [source.problem(message, at: text.place(of: isForbidden))])
    }
    return text
  }
}

/// What YAML 1.2 §5.1 does not count as printable.
private func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x09, 0x0A, 0x0D, 0x85: false
  case ..<0x20, 0x7F..<0xA0, 0xFEFF, 0xFFFE, 0xFFFF: true
  default: false
  }
}

extension String {
  /// The place of the first scalar that is such.
  fileprivate func place(of isSuch: (Unicode.Scalar) -> Bool) -> Place {
    var (line, column) = (1, 1)
    for scalar in unicodeScalars {
      if isSuch(scalar) { break }
      (line, column) = scalar == "\n" ? (line + 1, 1) : (line, column + 1)
    }
    return .file(line: line, column: column)
  }
}
