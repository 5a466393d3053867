import ArgumentParser

/// What the program ends with, as `sysexits.h` has it; usage (64) is ArgumentParser's own.
extension ExitCode {
  /// The command line is wrong.
  static let usage = ExitCode(64)
  /// An input is not what it should be.
  static let badInput = ExitCode(65)
  /// An input is not there.
  static let missingInput = ExitCode(66)
  /// The store or the relay cannot be reached.
  static let unavailable = ExitCode(69)
  /// A fault of feedgen's.
  static let software = ExitCode(70)
  /// An output cannot be made.
  static let cannotCreate = ExitCode(73)
  /// Reading or writing failed: a full disk, for instance.
  static let ioError = ExitCode(74)
  /// Not now: another run, a signal, or something that waits for a person.
  static let temporaryFailure = ExitCode(75)
  /// The system forbids it, or a secret is open to others.
  static let noPermission = ExitCode(77)
  /// The configuration is wrong.
  static let configuration = ExitCode(78)
}

/// An error that knows what the program should end with.
protocol ExitCoded: Error {
  var exitCode: ExitCode { get }
}
