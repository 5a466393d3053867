import Model
import Testing

@Suite struct RefusalTests {
  @Test(arguments: [
    ("5.1.1", RefusalClass.dead), ("5.1.2", .dead), ("5.1.3", .dead), ("5.1.6", .dead),
    ("5.1.10", .dead), ("5.2.1", .dead), ("5.4.4", .dead), ("5.2.2", .full), ("4.2.2", .full),
    ("5.7.1", .policy), ("5.7.26", .policy), ("5.7.515", .policy), ("4.7.0", .policy),
    ("5.1.8", .policy), ("5.3.4", .content), ("5.2.3", .content), ("5.5.4", .content),
    ("5.6.0", .content), ("4.4.1", .transient), ("4.3.2", .transient), ("5.0.0", .unclear),
    ("5.1.0", .unclear), ("5.1.11", .unclear), ("5.4.6", .unclear), ("5.2.10", .unclear),
  ])
  func `the enhanced code decides`(code: String, kind: RefusalClass) {
    #expect(RefusalClass(enhanced: code, basic: 550) == kind)
  }

  @Test func `without one only the class of the reply code is read`() {
    #expect(RefusalClass(enhanced: nil, basic: 550) == .unclear)
    #expect(RefusalClass(enhanced: nil, basic: 552) == .unclear)
    #expect(RefusalClass(enhanced: nil, basic: 451) == .transient)
    #expect(RefusalClass(enhanced: nil, basic: nil) == .unclear)
    #expect(RefusalClass(enhanced: "nonsense", basic: 450) == .transient)
  }

  @Test func `what a server said is kept without addresses`() {
    let reply = SMTPReply(
      code: 550,
      text: "5.1.1 <Ines@Courrier.Example>: unknown (see a@b.example)"
    )
    let refusal = Refusal(reply)
    #expect(refusal.kind == .dead)
    #expect(refusal.code == "5.1.1")
    #expect(refusal.text == "550 5.1.1 <…>: unknown (see …)")
    let long = Refusal(enhanced: nil, basic: 550, text: String(repeating: "ha ", count: 5000))
    #expect(long.text.count == 300)
    #expect(long.code == "550")
  }

  @Test func `the subject to leave by carries its token`() {
    let subject = LeaveSubject.text(token: "abc234")
    #expect(LeaveSubject.tokens(in: "Re: \(subject.uppercased()) now") == ["abc234"])
    #expect(LeaveSubject.tokens(in: "<mailto:a@b?subject=\(subject)>, <x>") == ["abc234"])
    #expect(LeaveSubject.tokens(in: "unsubscribe") == [])
    #expect(LeaveSubject.isPlain(LeaveSubject.text(token: nil)))
    #expect(LeaveSubject.isPlain("Unsubscribe"))
    #expect(!LeaveSubject.isPlain("please unsubscribe my neighbour"))
  }
}
