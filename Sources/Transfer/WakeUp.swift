internal import Glibc

/// Ends another thread's wait for sockets: a pipe that becomes readable.
final class WakeUp: Sendable {
  let readable: Int32
  private let writable: Int32

  init() {
    var ends: [Int32] = [-1, -1]
    let made = unsafe pipe(&ends)
    precondition(made == 0, "no file descriptor is left")
    for end in ends {
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
    readable = ends[0]
    writable = ends[1]
  }

  deinit {
    close(readable)
    close(writable)
  }

  /// Makes it readable; called from any thread.
  ///
  /// A full pipe is readable already.
  func raise() {
    var byte: UInt8 = 1
    unsafe _ = write(writable, &byte, 1)
  }

  func clear() {
    var bytes = [UInt8](repeating: 0, count: 64)
    while unsafe bytes.withUnsafeMutableBytes({ unsafe read(readable, $0.baseAddress, $0.count) })
      == 64
    {}
  }
}
