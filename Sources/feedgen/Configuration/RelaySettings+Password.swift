import ArgumentParser
import Foundation
import Model

/// Why the password of the relay could not be had.
enum PasswordError: Error, Equatable, CustomStringConvertible {
  case notSet(user: String)
  case unreadable(path: String, detail: String)
  case readableByOthers(path: String)
  case empty(place: String)
  case commandFailed(status: Int32)

  var description: String {
    switch self {
    case .notSet(let user):
      "mail.user: “\(user)” needs a password; set \(RelaySettings.passwordVariable), or name "
        + "“password_file” or “password_command” in the configuration"
    case .unreadable(let path, let detail):
      "\(path): the password cannot be read (\(detail)); mend “mail.password_file”"
    case .readableByOthers(let path):
      "\(path): others can read this password; run “chmod 600 \(path)”"
    case .empty(let place):
      "\(place): holds no password; put it there, in one line"
    case .commandFailed(let status):
      "mail.password_command: ended with status \(status) instead of printing the password; "
        + "run it by hand to see why"
    }
  }
}

extension PasswordError: ExitCoded {
  var exitCode: ExitCode {
    switch self {
    case .notSet, .empty, .commandFailed: .configuration
    case .unreadable, .readableByOthers: .noPermission
    }
  }
}

extension RelaySettings {
  /// The relay with its password, read now.
  func relay(
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws(PasswordError) -> Relay {
    var credentials: Relay.Credentials?
    if let user {
      let password = try password(of: user, environment: environment)
      credentials = Relay.Credentials(user: user, password: Secret(password))
    }
    return Relay(
      host: host,
      port: port,
      security: security,
      credentials: credentials,
      ehloName: ehloName(machine: ProcessInfo.processInfo.hostName)
    )
  }

  /// The machine's own name, where it has a domain (RFC 5321 §4.1.1.1 wants one).
  func ehloName(machine: String) -> String {
    let name = machine.lowercased()
    let isQualified = name.contains(".") && isHostName(Substring(name)) && !name.hasSuffix(".local")
    return isQualified && name != "localhost.localdomain" ? name : domain
  }

  private func password(
    of user: String,
    environment: [String: String]
  ) throws(PasswordError) -> String {
    let (text, place): (String, String)
    switch passwordSource {
    case .environment:
      guard let variable = environment[Self.passwordVariable] else { throw .notSet(user: user) }
      (text, place) = (variable, Self.passwordVariable)
    case .file(let path):
      (text, place) = (try contents(ofPasswordFile: path), path)
    case .command(let command):
      (text, place) = (try output(of: command), "mail.password_command")
    }
    // The first line: an editor ends a file with a line break, which is no part of a password.
    let line = text.unicodeScalars.prefix { $0 != "\n" && $0 != "\r" }
    guard !line.isEmpty else { throw .empty(place: place) }
    return String(line)
  }

  private func contents(ofPasswordFile path: String) throws(PasswordError) -> String {
    do throws(FileError) {
      return String(decoding: try privateFile(at: path, atMost: 4096), as: UTF8.self)
    } catch {
      switch error {
      case .readableByOthers: throw .readableByOthers(path: path)
      case .system(let detail): throw .unreadable(path: path, detail: detail)
      }
    }
  }

  private func output(of command: String) throws(PasswordError) -> String {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", command]
    process.standardOutput = pipe
    process.standardInput = FileHandle.nullDevice
    do { try process.run() } catch { throw .commandFailed(status: 127) }
    let bytes = (try? pipe.fileHandleForReading.readToEnd()) ?? Data()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw .commandFailed(status: process.terminationStatus)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
