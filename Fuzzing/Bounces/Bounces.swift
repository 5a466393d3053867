import Delivering
import FuzzChecks
import Model

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzBounces(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = input(start, count)
  let mail = ReturnedMail(bytes)
  check(mail)
  if !bytes.contains(13) { checkLineEnds(of: bytes, mail) }
  return 0
}

private func check(_ mail: ReturnedMail) {
  expect(mail.identity.count == 32, "an identity of \(mail.identity.count) bytes")
  for address in mail.senders + mail.original.recipients { check(address) }
  switch mail.kind {
  case .report(let reports):
    expect(reports.count <= 100, "\(reports.count) recipients")
    for report in reports {
      report.recipient.map(check)
      _ = Refusal(enhanced: report.enhanced, basic: report.basic, text: report.text).kind
    }
  case .leaveRequest(let request):
    request.from.map(check)
    expect(request.tokens.allSatisfy { !$0.isEmpty }, "an empty token")
  default: break
  }
}

private func check(_ address: EmailAddress) {
  expect(EmailAddress(address.description) == address, "\(shown(address.description)) changes")
}

/// Mailboxes keep messages with LF, servers send them with CRLF.
private func checkLineEnds(of bytes: [UInt8], _ mail: ReturnedMail) {
  let sent = ReturnedMail(bytes.flatMap { $0 == 10 ? [13, 10] : [$0] })
  expect(sent.identity == mail.identity, "another identity with CRLF")
  expect(sent.kind == mail.kind, "\(mail.kind) with CRLF is \(sent.kind)")
  expect(sent.senders == mail.senders && sent.original == mail.original, "\(mail) is \(sent)")
}
