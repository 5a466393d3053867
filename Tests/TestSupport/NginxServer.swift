import Glibc

/// Debian's nginx, serving a folder by a snippet for its server block; asked with curl.
///
/// It listens at a Unix socket, so that no port can be another's.
package final class NginxServer {
  package struct Reply {
    package var status: Int
    /// By name in lower case, in order.
    package var headers: [(name: String, value: String)]
    package var body: String

    /// The values of a header, as one.
    package subscript(_ name: String) -> String? {
      let values = headers.filter { $0.name == name }.map(\.value)
      return values.isEmpty ? nil : values.joined(separator: ", ")
    }
  }

  private let folder = TemporaryFolder()
  private let process: ServerProcess

  /// - Parameters:
  ///   - root: the folder that lies at `/`.
  ///   - snippet: the path of the file to include.
  package init(root: String, including snippet: String) throws {
    try folder.write(
      """
      pid \(folder.file("pid"));
      error_log stderr crit;
      events {}
      http {
        access_log off;
        client_body_temp_path \(folder.file("body"));
        proxy_temp_path \(folder.file("proxy"));
        fastcgi_temp_path \(folder.file("fastcgi"));
        uwsgi_temp_path \(folder.file("uwsgi"));
        scgi_temp_path \(folder.file("scgi"));
        server {
          listen unix:\(folder.file("socket"));
          root \(root);
          add_header Vary Cookie;
          location ~ \\.xml$ { return 410; }
          include \(snippet);
        }
      }
      """,
      to: "nginx.conf"
    )
    process = try ServerProcess(
      "/usr/sbin/nginx",
      [
        "-p", folder.path, "-c", folder.file("nginx.conf"), "-e", "stderr",
        "-g", "daemon off; master_process off;",
      ]
    )
    try waitUntilItListens()
  }

  deinit {
    // Before its folder is gone.
    process.stop()
  }

  private func waitUntilItListens() throws {
    for _ in 0..<500 {
      if try curl(["/"]).status == 0 { return }
      usleep(20_000)
    }
    throw ServerProcess.Failure(description: "nginx does not listen")
  }

  /// Asks for a path; `options` are curl's, such as `--head`.
  package func get(_ path: String, _ options: [String] = []) throws -> Reply {
    let (status, output) = try curl(["--include"] + options + [path])
    guard status == 0 else { throw ServerProcess.Failure(description: "curl ends with \(status)") }
    guard let end = output.firstRange(of: "\r\n\r\n") else {
      throw ServerProcess.Failure(description: "no head: \(output)")
    }
    let lines = output[..<end.lowerBound].split(separator: "\r\n")
    return Reply(
      status: lines.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0,
      headers: lines.dropFirst().compactMap { line in
        guard let colon = line.firstIndex(of: ":") else { return nil }
        let value = line[line.index(after: colon)...].drop { $0 == " " }
        return (line[..<colon].lowercased(), String(value))
      },
      body: String(output[end.upperBound...])
    )
  }

  private func curl(_ arguments: [String]) throws -> (status: Int32, output: String) {
    let path = arguments.last ?? "/"
    return try runProgram(
      "curl",
      ["--silent", "--max-time", "20", "--unix-socket", folder.file("socket")]
        + arguments.dropLast() + ["http://veille.example.org\(path)"]
    )
  }
}
