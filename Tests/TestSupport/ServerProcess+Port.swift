import Glibc

extension ServerProcess {
  /// The TCP port of 127.0.0.1 at which the program listens, once it does; for programs that are
  /// started with port 0 and do not say which they got.
  package func listeningPort(seconds: Int = 10) throws -> Int {
    for _ in 0..<(seconds * 50) {
      if let port = listeningPorts().first { return port }
      usleep(20_000)
    }
    throw Failure(description: "process \(identifier) does not listen")
  }

  private func listeningPorts() -> [Int] {
    let inodes = socketInodes()
    return readText("/proc/\(identifier)/net/tcp").split(separator: "\n").dropFirst()
      .compactMap { line in
        // sl, local address, remote address, state (0A: listens), … the tenth is the inode.
        let fields = line.split(separator: " ")
        guard fields.count > 9, fields[3] == "0A", inodes.contains(String(fields[9]))
        else { return nil }
        return fields[1].split(separator: ":").last.flatMap { Int($0, radix: 16) }
      }
  }

  private func socketInodes() -> Set<String> {
    Set(
      (0..<256).compactMap { number in
        let target = linkTarget("/proc/\(identifier)/fd/\(number)")
        return target.hasPrefix("socket:[") ? String(target.dropFirst(8).dropLast()) : nil
      }
    )
  }
}

private func linkTarget(_ path: String) -> String {
  var buffer = [UInt8](repeating: 0, count: 256)
  let count = unsafe buffer.withUnsafeMutableBytes { bytes -> Int in
    guard let start = bytes.baseAddress else { return 0 }
    return unsafe readlink(path, start.assumingMemoryBound(to: CChar.self), bytes.count)
  }
  return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
}

private func readText(_ path: String) -> String {
  let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
  guard file >= 0 else { return "" }
  defer { close(file) }
  var text: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 65_536)
  while case let count = unsafe read(file, &chunk, chunk.count), count > 0 {
    text += chunk.prefix(count)
  }
  return String(decoding: text, as: UTF8.self)
}
