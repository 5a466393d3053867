import Glibc

/// Debian's nginx or Caddy, asked with curl.
///
/// It listens at a Unix socket, so that no port can be another's.
package final class WebServer {
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

  private let folder: TemporaryFolder
  private let process: ServerProcess

  /// - Parameter folder: has the socket, and what else the server needs.
  private init(_ program: String, _ arguments: [String], in folder: TemporaryFolder) throws {
    self.folder = folder
    process = try ServerProcess(
      program,
      arguments,
      environment: ["HOME=\(folder.path)", "XDG_DATA_HOME=\(folder.path)", "PATH=/usr/bin:/bin"]
    )
    try waitUntilItListens(program)
  }

  deinit {
    // Before its folder is gone.
    process.stop()
  }

  private func waitUntilItListens(_ program: String) throws {
    for _ in 0..<500 {
      if try curl(["/"]).status == 0 { return }
      usleep(20_000)
    }
    throw ServerProcess.Failure(description: "\(program) does not listen")
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

extension WebServer {
  private static let nginx = "/usr/sbin/nginx"
  private static let caddy = "/usr/bin/caddy"

  /// nginx with these directives in its server block.
  package static func nginx(_ directives: String) throws -> WebServer {
    let folder = TemporaryFolder()
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
          \(directives)
        }
      }
      """,
      to: "nginx.conf"
    )
    let arguments = [
      "-p", folder.path, "-c", folder.file("nginx.conf"), "-e", "stderr",
      "-g", "daemon off; master_process off;",
    ]
    return try WebServer(nginx, arguments, in: folder)
  }

  /// nginx with a folder at `/`, the file at a path included, and rules of its own that the file's
  /// must stand beside.
  package static func nginx(root: String, including snippet: String) throws -> WebServer {
    try nginx(
      """
      root \(root);
      add_header Vary Cookie;
      location ~ \\.xml$ { return 410; }
      include \(snippet);
      """
    )
  }

  /// Caddy with these directives for the one site that is asked.
  package static func caddy(_ directives: String) throws -> WebServer {
    let folder = TemporaryFolder()
    try folder.write(
      """
      {
        admin off
        auto_https off
        log {
          level ERROR
        }
      }
      http://veille.example.org {
        bind unix/\(folder.file("socket"))
        \(directives)
      }
      """,
      to: "Caddyfile"
    )
    let arguments = ["run", "--config", folder.file("Caddyfile"), "--adapter", "caddyfile"]
    return try WebServer(caddy, arguments, in: folder)
  }
}
