import Delivering
import FuzzChecks
import Model

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzReplies(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = input(start, count)
  let whole = replies([bytes])
  let cut = replies(pieces(of: bytes))
  expect(whole.read == cut.read, "\(whole.read) in pieces are \(cut.read)")
  expect(whole.garbage == cut.garbage, "\(whole.garbage) in pieces is \(cut.garbage)")
  for lines in whole.read { check(lines) }
  checkLog(bytes)
  return 0
}

private func check(_ lines: SMTPReplyLines) {
  expect((200..<600).contains(lines.code), "code \(lines.code)")
  let reply = lines.reply
  check(line: lines.lines.joined(), "a reply")
  _ = Refusal(enhanced: reply.enhancedCode, basic: reply.code, text: reply.text).kind
}

private func check(line: String, _ name: String) {
  let hasControls = line.unicodeScalars.contains { $0.properties.generalCategory == .control }
  expect(!hasControls, "\(name): \(shown(line))")
}

private func replies(_ pieces: [[UInt8]]) -> (read: [SMTPReplyLines], garbage: Bool) {
  var parser = SMTPReplyParser()
  var read: [SMTPReplyLines] = []
  do {
    for piece in pieces {
      parser.append(piece.span)
      while let reply = try parser.next() { read.append(reply) }
    }
    return (read, false)
  } catch {
    return (read, true)
  }
}

private func checkLog(_ bytes: [UInt8]) {
  let whole = log([bytes])
  let cut = log(pieces(of: bytes))
  expect(whole.span == cut.span, "\(whole) in pieces is \(cut)")
  expect(whole.sightings == cut.sightings, "\(whole) in pieces is \(cut)")
}

private func log(_ pieces: [[UInt8]]) -> RelayLog {
  let stamps = LogStampReader(zone: Sample.settings.zone, now: Instant(seconds: 1_795_000_000))
  var log = RelayLog(wanted: ["abc", "m1"], stamps: stamps)
  for piece in pieces { log.read(piece) }
  log.endFile()
  return log
}
