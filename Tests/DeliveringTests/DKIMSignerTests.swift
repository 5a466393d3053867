import Cryptography
import Foundation
import Model
import TestSupport
import Testing

@testable import Delivering

/// What feedgen signs, verified by feedgen and by dkimpy.
@Suite struct DKIMSignerTests {
  static let date = Instant(seconds: 1_764_000_000)
  static let header =
    "From: Veille <lettre@news.example.org>\r\nTo: a@b.example\r\nSubject: Un\r\n deux\r\n"
    + "List-Unsubscribe: <https://news.example.org/u>\r\n"
    + "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"

  /// One of each kind; made once, because that takes a while.
  private static let made = Result {
    try SignatureAlgorithm.allCases.map { algorithm in
      let key = try SigningKey.make(algorithm)
      return DKIMSigner(domain: "news.example.org", selector: "\(algorithm)", key: key)
    }
  }

  private let signers: [DKIMSigner]

  init() throws {
    signers = try Self.made.get()
  }

  private var records: [String: String] {
    Dictionary(uniqueKeysWithValues: signers.map { ($0.record.name, $0.record.value) })
  }

  private func signed(_ text: String) -> [UInt8] {
    signers.signed(Array(text.utf8), date: Self.date)
  }

  /// As a server gets it: its last line has an end.
  private func received(_ message: [UInt8]) -> [UInt8] {
    message.last == 10 ? message : message + [13, 10]
  }

  private func verdicts(_ message: [UInt8]) -> [DKIMVerification.Verdict] {
    DKIMVerification.verify(message) { records[$0] }.map(\.verdict)
  }

  static let bodies: [String: String] = [
    "nothing": "",
    "no line end": "Fin",
    "one line": "Fin.\r\n",
    "empty lines at the end": "Fin.\r\n\r\n\r\n",
    "only empty lines": "\r\n\r\n\r\n",
    "only blanks": " \t ",
    "blanks and line ends": " \r\n\t\r\n",
    "empty lines at the start": "\r\n\r\nFin.\r\n",
    "tabs and runs of spaces": "a\tb  c \t d\t\r\n  e\r\n",
    "blanks at the end": "a \r\nb\t\r\n  \r\nc  ",
    "dots": ".\r\n..\r\n.a\r\n",
    "bytes beyond ASCII": "Cœur\u{202f}: «\u{a0}5\u{a0}» \r\n",
    "a long line": String(repeating: "x ", count: 40_000) + "\r\n",
  ]

  @Test func `whatever the body is like, dkimpy and feedgen verify both signatures`() throws {
    let messages = Self.bodies.values.map { signed(Self.header + "\r\n" + $0) }
    for (name, message) in zip(Self.bodies.keys, messages) {
      #expect(verdicts(message) == [.pass, .pass], "\(name)")
      #expect(verdicts(received(message)) == [.pass, .pass], "\(name)")
    }
    let others = try dkimpyVerdicts(of: messages.map(received), records: records)
    for (name, verdicts) in zip(Self.bodies.keys, others) {
      #expect(verdicts == [true, true], "\(name)")
    }
  }

  static let headers: [String: String] = [
    "repeated fields": header + "To: c@d.example\r\nTo: e@f.example\r\n",
    "two of the oversigned": header + "From: x@y.example\r\nSubject: trois\r\n",
    "blanks around the value": "FROM:\t a@b.example \t \r\nsubject:\r\n",
    "long folds": header + "Reply-To: a,\r\n \r\n\t b@c.example\r\n\t \r\n",
    "no subject": "From: a@b.example\r\n",
    "every field": DKIMSigner.signedNames.map { "\($0): x\r\n" }.joined(),
    "others that relays change": header + "Received: x\r\nX-Spam: no\r\n",
  ]

  @Test func `whatever the header is like, dkimpy and feedgen verify both signatures`() throws {
    let messages = Self.headers.values.map { signed($0 + "\r\nFin.\r\n") }
    for (name, message) in zip(Self.headers.keys, messages) {
      #expect(verdicts(message) == [.pass, .pass], "\(name)")
    }
    let others = try dkimpyVerdicts(of: messages.map(received), records: records)
    for (name, verdicts) in zip(Self.headers.keys, others) {
      #expect(verdicts == [true, true], "\(name)")
    }
  }

  @Test func `bodies of random white space are read as dkimpy reads them`() throws {
    var generator = SeededGenerator()
    let pieces = [" ", "\t", "\r\n", "\r\n\r\n", "a", ".", "=C3=A9"]
    let messages = (0..<SeededGenerator.rounds).map { _ in
      let count = Int.random(in: 0...12, using: &generator)
      let body = (0..<count).map { _ in pieces.randomElement(using: &generator) ?? "" }
      return signed(Self.header + "\r\n" + body.joined())
    }
    #expect(messages.allSatisfy { verdicts($0) == [.pass, .pass] })
    #expect(messages.allSatisfy { verdicts(received($0)) == [.pass, .pass] })
    let others = try dkimpyVerdicts(of: messages.map(received), records: records)
    #expect(others.allSatisfy { $0 == [true, true] })
  }

  /// A change, and what both signatures make of it.
  static let changes: [(String, String, DKIMVerification.Verdict)] = [
    ("Fin.", "Fin !", .bodyChanged),
    ("Fin.\r\n", "Fin.\r\n.", .bodyChanged),
    ("From: Veille", "From: Autre", .headerChanged),
    ("Subject: Un", "Subject: Deux", .headerChanged),
    ("One-Click", "Two-Click", .headerChanged),
    ("<https://news.example.org/u>", "<https://evil.example/>", .headerChanged),
    ("To: a@b.example\r\n", "", .headerChanged),
    ("To: a@b.example\r\n", "From: x@y.example\r\nTo: a@b.example\r\n", .headerChanged),
    ("To: a@b.example\r\n", "Subject: x\r\nTo: a@b.example\r\n", .headerChanged),
    ("t=1764", "t=1765", .headerChanged),
    ("d=news.example.org", "d=other.example.org", .noKey),
    ("c=relaxed/relaxed", "c=relaxed/odd", .unusable("c=relaxed/odd")),
    ("t=1764000000;", "t=1764000000; l=0;", .unusable("l=")),
    ("h=From:From:", "h=", .unusable("h=")),
    ("v=1;", "v=2;", .unusable("malformed")),
    ("v=1;", "v=1; v=1;", .unusable("malformed")),
    // What relays do.
    ("\r\nTo: ", "\r\nTO:   ", .pass),
    ("Subject: Un\r\n deux", "Subject:  Un\tdeux ", .pass),
    ("Fin.\r\n", "Fin.  \r\n\r\n", .pass),
    ("\r\n\r\nFin.", "\r\nX-Relay: a\r\n\r\nFin.", .pass),
  ]

  @Test func `a changed message is told from one that a relay has reformatted`() throws {
    let text = String(decoding: signed(Self.header + "\r\nFin.\r\n"), as: UTF8.self)
    let changed = Self.changes.map { Array(text.replacing($0.0, with: $0.1).utf8) }
    for ((old, new, verdict), message) in zip(Self.changes, changed) {
      #expect(verdicts(message) == [verdict, verdict], "\(old) → \(new)")
    }
    let others = try dkimpyVerdicts(of: changed, records: records)
    for ((old, new, verdict), other) in zip(Self.changes, others) where verdict != .unusable("l=") {
      #expect(other == Array(repeating: verdict == .pass, count: 2), "\(old) → \(new)")
    }
  }

  @Test func `another key of the same name verifies nothing`() throws {
    let message = signed(Self.header + "\r\nFin.\r\n")
    let other = try SigningKey.make(.rsa).publicKey
    let record = DKIMRecord(domain: "news.example.org", selector: "rsa", key: other)
    let verified = DKIMVerification.verify(message) { _ in record.value }
    #expect(verified.map(\.verdict) == [.headerChanged, .noKey])
  }

  @Test func `the field is the same every time, folded, and as long as was said`() {
    for header in Self.headers.values {
      let fields = MessageFields(Array((header + "\r\nFin.\r\n").utf8))
      for signer in signers {
        let signature = signer.signature(of: fields, date: Self.date)
        #expect(signature == signer.signature(of: fields, date: Self.date))
        #expect(signature.count == signer.signatureLength(of: fields, date: Self.date))
        let lines = String(decoding: signature, as: UTF8.self).components(separatedBy: "\r\n")
        #expect(lines.allSatisfy { $0.utf8.count <= 78 })
        #expect(lines.last == "")
        #expect(lines[..<(lines.count - 1)].allSatisfy { !$0.hasPrefix(".") && $0 != "" })
      }
    }
  }

  @Test func `From and Subject are signed once more than they occur, and no field is cut short`() {
    let fields = MessageFields(Array((Self.header + "\r\n").utf8))
    let field = String(decoding: signers[0].signature(of: fields, date: Self.date), as: UTF8.self)
    let names = "h=From:From:Subject:Subject:To:List-Unsubscribe:List-Unsubscribe-Post;"
    #expect(field.replacing("\r\n ", with: "").contains(names))
    #expect(field.contains("t=1764000000;"))
    #expect(!field.contains("l="))
  }

  @Test func `a record is cut into strings of 255 bytes`() throws {
    let record = signers[0].record
    #expect(record.name == "rsa._domainkey.news.example.org")
    let strings = record.zoneLine.split(separator: "\"").filter { !$0.contains("(") }
      .filter { !$0.allSatisfy { " )".contains($0) } }
    #expect(strings.joined() == record.value)
    #expect(strings.map(\.utf8.count) == [255, record.value.utf8.count - 255])
    #expect(DKIMRecord.key(in: record.value)?.bytes == signers[0].key.publicKey.bytes)
  }

  @Test(arguments: [
    "", "v=DKIM1; k=rsa; p=", "v=DKIM2; p=AAAA", "k=dsa; p=AAAA", "p=AAAA", "k=ed25519; p=AAAA",
    "v=DKIM1; p", "p=é", "p=AAAA; p=AAAA",
  ])
  func `a record without a key has none`(text: String) {
    #expect(DKIMRecord.key(in: text) == nil)
  }
}
