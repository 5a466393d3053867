import Foundation
import Glibc

/// What one run of a program cost.
struct ProcessCost {
  /// Seconds from start to end.
  var wall: Double
  /// Seconds of user and system time.
  var cpu: Double
  /// The most memory that it held, in MiB.
  ///
  /// It cannot show less than the benchmark itself holds, some 30 MiB: the kernel counts a child
  /// from before it is another program.
  var peak: Double
}

/// Runs programs and measures them from outside, with the kernel's own accounts.
struct ProcessTimer {
  /// Runs a program once.
  static func run(_ arguments: [String]) throws -> ProcessCost {
    let start = DispatchTime.now()
    var child: pid_t = 0
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    guard posix_spawnp(&child, arguments[0], &actions, nil, &words, environ) == 0 else {
      throw Failure(description: "\(arguments[0]) cannot be started")
    }
    var status: Int32 = 0
    var usage = rusage()
    while wait4(child, &status, 0, &usage) < 0, errno == EINTR {}
    guard status == 0 else {
      throw Failure(description: "\(arguments.joined(separator: " ")) ended with \(status >> 8)")
    }
    let wall = Double(DispatchTime.now().uptimeNanoseconds - start.uptimeNanoseconds) / 1e9
    return ProcessCost(
      wall: wall,
      cpu: seconds(usage.ru_utime) + seconds(usage.ru_stime),
      peak: Double(usage.ru_maxrss) / 1024
    )
  }

  /// Runs several programs in turn, so that what disturbs one disturbs all, and gives the median of
  /// each.
  ///
  /// - Parameters:
  ///   - warmUps: the rounds at first that do not count.
  ///   - prepare: what has to be done before each run, and is not measured.
  static func compare(
    _ programs: [[String]],
    rounds: Int,
    warmUps: Int = 1,
    prepare: () throws -> Void = {}
  ) throws -> [ProcessCost] {
    var costs = programs.map { _ in [ProcessCost]() }
    for round in 0..<warmUps + rounds {
      for (index, program) in programs.enumerated() {
        try prepare()
        let cost = try run(program)
        if round >= warmUps { costs[index].append(cost) }
      }
    }
    return costs.map { runs in
      ProcessCost(
        wall: median(runs.map(\.wall)),
        cpu: median(runs.map(\.cpu)),
        peak: runs.map(\.peak).max() ?? 0
      )
    }
  }

  private static func median(_ numbers: [Double]) -> Double {
    numbers.sorted()[numbers.count / 2]
  }

  private static func seconds(_ time: timeval) -> Double {
    Double(time.tv_sec) + Double(time.tv_usec) / 1e6
  }
}

struct Failure: Error, CustomStringConvertible {
  var description: String
}
