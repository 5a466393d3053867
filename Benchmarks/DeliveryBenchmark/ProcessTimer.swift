import Foundation
import Glibc

/// What one run of a program cost, by the kernel's accounts.
struct ProcessCost {
  /// Seconds from start to end.
  var wall: Double
  /// Seconds of user and system time.
  var cpu: Double
  /// The most memory that it held, in MiB.
  var peak: Double

  /// Of each of so many messages.
  func each(_ count: Int) -> ProcessCost {
    ProcessCost(wall: wall / Double(count), cpu: cpu / Double(count), peak: peak)
  }

  static func median(_ costs: [ProcessCost]) -> ProcessCost {
    ProcessCost(
      wall: costs.map(\.wall).sorted()[costs.count / 2],
      cpu: costs.map(\.cpu).sorted()[costs.count / 2],
      peak: costs.map(\.peak).max() ?? 0
    )
  }
}

enum ProcessTimer {
  /// Runs a program to its end.
  static func run(_ arguments: [String], mayEndWith other: Int32 = 0) throws -> ProcessCost {
    let start = DispatchTime.now()
    let child = try spawn(arguments)
    var status: Int32 = 0
    var usage = rusage()
    while wait4(child, &status, 0, &usage) < 0, errno == EINTR {}
    guard status == 0 || status == other << 8 else {
      throw Failure(description: "\(arguments.joined(separator: " ")) ended with \(status >> 8)")
    }
    return ProcessCost(
      wall: Double(DispatchTime.now().uptimeNanoseconds - start.uptimeNanoseconds) / 1e9,
      cpu: seconds(usage.ru_utime) + seconds(usage.ru_stime),
      peak: Double(usage.ru_maxrss) / 1024
    )
  }

  private static func spawn(_ arguments: [String]) throws -> pid_t {
    var child: pid_t = 0
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for file: Int32 in [1, 2] {
      posix_spawn_file_actions_addopen(&actions, file, "/dev/null", O_WRONLY, 0)
    }
    var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    guard posix_spawnp(&child, arguments[0], &actions, nil, &words, environ) == 0
    else { throw Failure(description: "\(arguments[0]) cannot be started") }
    return child
  }

  private static func seconds(_ time: timeval) -> Double {
    Double(time.tv_sec) + Double(time.tv_usec) / 1e6
  }
}
