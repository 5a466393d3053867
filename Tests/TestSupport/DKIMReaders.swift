import Foundation

/// What dkimpy says of each signature of each message.
///
/// - Parameter records: what is published, by its name in the DNS.
package func dkimpyVerdicts(
  of messages: [[UInt8]],
  records: [String: String]
) throws -> [[Bool]] {
  let folder = TemporaryFolder()
  let published = String(decoding: try JSONEncoder().encode(records), as: UTF8.self)
  try folder.write(published, to: "records.json")
  let paths = try messages.enumerated().map { try folder.file("\($0).eml", $1) }
  let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  let (status, output) = try runProgram(
    "python3",
    [tests.appending(path: "Readers/verify_dkim.py").path, folder.file("records.json")] + paths,
    environment: ["PYTHONPATH=\(try PythonModule.dkimpy.path())", "PYTHONDONTWRITEBYTECODE=1"]
  )
  guard status == 0 else { throw ServerProcess.Failure(description: "verify_dkim.py: \(status)") }
  return try JSONDecoder().decode([[Bool]].self, from: Data(output.utf8))
}

/// What opendkim says of each signature of a message.
///
/// - Parameter records: what is published, by its name in the DNS.
package func opendkimVerdicts(
  of message: [UInt8],
  records: [String: String]
) throws -> [Bool] {
  let folder = TemporaryFolder()
  let lines = records.map { "\($0) \($1)\n" }.joined()
  try folder.write(lines, to: "records")
  // Messages of tests have pretended dates.
  try folder.write(
    "Mode v\nSyslog no\nClockDrift 100000000\nTestPublicKeys \(folder.file("records"))\n",
    to: "opendkim.conf"
  )
  let (_, output) = try runProgram(
    "/usr/sbin/opendkim",
    ["-vv", "-x", folder.file("opendkim.conf"), "-t", try folder.file("message.eml", message)]
  )
  return output.split(separator: "\n").compactMap { line in
    let verdict = line.split(separator: "dkim=", maxSplits: 1)
    return verdict.count == 2 ? verdict[1].hasPrefix("pass") : nil
  }
}

extension TemporaryFolder {
  fileprivate func file(_ name: String, _ bytes: [UInt8]) throws -> String {
    try Data(bytes).write(to: URL(filePath: file(name)))
    return file(name)
  }
}
