import Foundation
import Glibc

/// A TCP port of 127.0.0.1 at which nobody listened just now; for programs that cannot be told to
/// take any.
package func freePort() throws -> Int {
  let file = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
  defer { close(file) }
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
  var length = socklen_t(MemoryLayout<sockaddr_in>.size)
  let code = unsafe withUnsafeMutablePointer(to: &address) { pointer in
    unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { name in
      unsafe bind(file, name, length) == 0 ? getsockname(file, name, &length) : -1
    }
  }
  guard code == 0 else { throw ServerProcess.Failure(description: "no port is free") }
  return Int(UInt16(bigEndian: address.sin_port))
}

/// Waits until something listens at a port of 127.0.0.1.
package func waitForListener(_ port: Int, seconds: Int = 20) throws {
  let wanted = String(port, radix: 16, uppercase: true)
  let name = "0100007F:" + String(repeating: "0", count: 4 - wanted.count) + wanted
  for _ in 0..<(seconds * 20) {
    let table = try String(contentsOfFile: "/proc/net/tcp", encoding: .utf8)
    if table.split(separator: "\n").contains(where: { line in
      let fields = line.split(separator: " ")
      return fields.count > 3 && fields[1] == name && fields[3] == "0A"
    }) {
      return
    }
    usleep(50_000)
  }
  throw ServerProcess.Failure(description: "nobody listens at port \(port)")
}
