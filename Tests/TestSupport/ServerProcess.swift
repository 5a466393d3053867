package import Glibc
import Synchronization

/// A program that runs beside a test, and ends with it at the latest.
///
/// Its standard input stays open until then, so that a program that reads it to the end stops even
/// when the tests crash. Its standard error is the tests' own.
@safe
package final class ServerProcess {
  package struct Failure: Error, CustomStringConvertible {
    package var description: String
  }

  package let identifier: pid_t
  private var input: Int32
  private let output: Int32
  private var buffer: [UInt8] = []
  private var status: Int32?

  /// Starts a program, looked up in PATH where its name has no slash.
  package init(_ program: String, _ arguments: [String] = [], environment: [String] = []) throws {
    // One at a time, so that no other child inherits these pipes and keeps them open.
    (identifier, input, output) = try spawning.withLock { _ in
      let toChild = try makePipe()
      let fromChild = try makePipe()
      defer {
        close(toChild.reading)
        close(fromChild.writing)
      }
      let child = try spawn(
        program,
        arguments,
        environment: environment,
        input: toChild.reading,
        output: fromChild.writing
      )
      return (child, toChild.writing, fromChild.reading)
    }
  }

  deinit {
    stop()
    closeInput()
    close(output)
  }

  /// The next line that the program writes, waited for up to so many seconds; nil at the end.
  package func readLine(seconds: Int = 20) throws -> String? {
    while true {
      if let end = buffer.firstIndex(of: 10) {
        defer { buffer.removeFirst(end + 1) }
        return String(decoding: buffer[..<end], as: UTF8.self)
      }
      guard try fill(seconds: seconds) else { return nil }
    }
  }

  /// All that the program writes until it ends.
  package func readAll(seconds: Int = 60) throws -> String {
    while try fill(seconds: seconds) {}
    return String(decoding: buffer, as: UTF8.self)
  }

  private func fill(seconds: Int) throws -> Bool {
    var entry = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
    guard unsafe poll(&entry, 1, Int32(seconds) * 1000) > 0
    else { throw Failure(description: "process \(identifier) says nothing for \(seconds) s") }
    var chunk = [UInt8](repeating: 0, count: 65_536)
    let count = unsafe read(output, &chunk, chunk.count)
    buffer += chunk.prefix(max(0, count))
    return count > 0
  }

  /// Waits for the end of a program that ends by itself.
  @discardableResult
  package func wait() -> Int32 {
    if let status { return status }
    var raw: Int32 = 0
    while unsafe waitpid(identifier, &raw, 0) < 0, errno == EINTR {}
    let code = Self.status(of: raw)
    status = code
    return code
  }

  /// What the program ended with; a signal's number is negative.
  private static func status(of raw: Int32) -> Int32 {
    raw & 0x7f == 0 ? raw >> 8 & 0xff : -(raw & 0x7f)
  }

  package var isRunning: Bool {
    var raw: Int32 = 0
    guard status == nil, unsafe waitpid(identifier, &raw, WNOHANG) == identifier
    else { return status == nil }
    status = Self.status(of: raw)
    return false
  }

  /// Lets a program that reads its standard input see the end of it.
  package func closeInput() {
    if input >= 0 { close(input) }
    input = -1
  }

  /// Ends the program: politely, and after two seconds by force.
  package func stop() {
    guard status == nil else { return }
    closeInput()
    kill(identifier, SIGTERM)
    for _ in 0..<200 {
      if waitpid(identifier, nil, WNOHANG) == identifier {
        status = -SIGTERM
        return
      }
      usleep(10_000)
    }
    kill(identifier, SIGKILL)
    wait()
  }
}

/// Runs a program to its end.
///
/// - Parameter silence: for so many seconds it may say nothing.
/// - Returns: its exit status and what it wrote to standard output.
@discardableResult
package func runProgram(
  _ program: String,
  _ arguments: [String] = [],
  environment: [String] = [],
  silence: Int = 60
) throws -> (status: Int32, output: String) {
  let process = try ServerProcess(program, arguments, environment: environment)
  let output = try process.readAll(seconds: silence)
  return (process.wait(), output)
}

private let spawning = Mutex(())

private func makePipe() throws -> (reading: Int32, writing: Int32) {
  var ends: [Int32] = [-1, -1]
  guard unsafe pipe(&ends) == 0 else { throw ServerProcess.Failure(description: "no pipe") }
  for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
  return (ends[0], ends[1])
}

private func spawn(
  _ program: String,
  _ arguments: [String],
  environment: [String],
  input: Int32,
  output: Int32
) throws -> pid_t {
  var actions = unsafe posix_spawn_file_actions_t()
  unsafe posix_spawn_file_actions_init(&actions)
  defer { _ = unsafe posix_spawn_file_actions_destroy(&actions) }
  unsafe posix_spawn_file_actions_adddup2(&actions, input, 0)
  unsafe posix_spawn_file_actions_adddup2(&actions, output, 1)
  // Connections of other tests would stay open as long as this child.
  for file in 3..<256 { unsafe posix_spawn_file_actions_addclose(&actions, Int32(file)) }
  var attributes = plainSignals()
  defer { _ = unsafe posix_spawnattr_destroy(&attributes) }
  var child: pid_t = 0
  let code = unsafe withCStrings([program] + arguments) { arguments in
    unsafe withCStrings(environment + inheritedEnvironment()) { environment in
      unsafe posix_spawnp(&child, program, &actions, &attributes, arguments, environment)
    }
  }
  guard code == 0 else {
    throw ServerProcess.Failure(
      description: "\(program): \(unsafe String(cString: strerror(code)))"
    )
  }
  return child
}

/// No signal blocked or ignored, as a shell would start it; test threads block most.
private func plainSignals() -> posix_spawnattr_t {
  var attributes = posix_spawnattr_t()
  var signals = sigset_t()
  unsafe posix_spawnattr_init(&attributes)
  unsafe sigemptyset(&signals)
  unsafe posix_spawnattr_setsigmask(&attributes, &signals)
  unsafe sigfillset(&signals)
  unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
  let flags = Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF)
  unsafe posix_spawnattr_setflags(&attributes, flags)
  return attributes
}

private func inheritedEnvironment() -> [String] {
  ["PATH", "HOME", "LANG", "TMPDIR", "PIP_INDEX_URL", "PIP_CONFIG_FILE"].compactMap {
    (name: String) in
    unsafe getenv(name).map { unsafe "\(name)=\(String(cString: $0))" }
  }
}

private func withCStrings<Result>(
  _ strings: [String],
  _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
) -> Result {
  let copies = unsafe strings.map { unsafe strdup($0) }
  defer { unsafe copies.forEach { unsafe free($0) } }
  return unsafe body(copies + [nil])
}
