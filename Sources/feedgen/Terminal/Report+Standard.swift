import Glibc
import Synchronization

extension Report {
  /// The report to the standard output and standard error of the program.
  static func standard(_ amount: Amount = .normal, isJSON: Bool = false) -> Report {
    Report(
      amount: amount,
      isJSON: isJSON,
      isTerminal: isatty(STDERR_FILENO) == 1,
      output: { write($0, to: STDOUT_FILENO) },
      errors: { write($0, to: STDERR_FILENO) }
    )
  }
}

/// Whether something that was asked for could not be written: on a full disk, for instance.
enum StandardOutput {
  private static let isBroken = Atomic(false)

  static var hasFailed: Bool { isBroken.load(ordering: .relaxed) }

  fileprivate static func noteFailure() { isBroken.store(true, ordering: .relaxed) }
}

/// Writes a text at once, so that lines to both outputs stay in order.
///
/// Where nobody reads any more, there is nobody to tell, so the rest is dropped.
private func write(_ text: String, to descriptor: Int32) {
  var rest = Array(text.utf8)[...]
  while !rest.isEmpty {
    let written = unsafe rest.withUnsafeBytes {
      unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
    }
    if written < 0, errno == EINTR { continue }
    guard written > 0 else {
      if descriptor == STDOUT_FILENO, errno != EPIPE { StandardOutput.noteFailure() }
      return
    }
    rest = rest.dropFirst(written)
  }
}
