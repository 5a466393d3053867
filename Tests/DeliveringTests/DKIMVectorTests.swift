import Cryptography
import Foundation
import Testing

@testable import Delivering

/// The examples of RFC 6376 and RFC 8463.
@Suite struct DKIMVectorTests {
  /// The message of both.
  static let content = """
    From: Joe SixPack <joe@football.example.com>
    To: Suzie Q <suzie@shopping.example.net>
    Subject: Is dinner ready?
    Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)
    Message-ID: <20030712040037.46341.5F8J@football.example.com>

    Hi.

    We lost the game.  Are you hungry yet?

    Joe.

    """

  /// RFC 6376, appendix A.2, with its errata 3192 and 4926.
  static let rfc6376 = """
    DKIM-Signature: v=1; a=rsa-sha256; s=brisbane; d=example.com;
          c=simple/simple; q=dns/txt; i=joe@football.example.com;
          h=Received : From : To : Subject : Date : Message-ID;
          bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
          b=AuUoFEfDxTDkHlLXSZEpZj79LICEps6eda7W3deTVFOk4yAUoqOB
            4nujc7YopdG5dWLSdNg6xNAZpOPr+kHxt1IrE+NahM6L/LbvaHut
            KVdkLLkpVaVVQPzeRDI009SO2Il5Lu7rDNH6mZckBdrIx0orEtZV
            4bmp/YzhwvcubU4=;
    Received: from client1.football.example.com  [192.0.2.1]
          by submitserver.example.com with SUBMISSION;
          Fri, 11 Jul 2003 21:01:54 -0700 (PDT)

    """ + content.replacing("  Are", with: " Are")

  /// RFC 8463, appendix A.3: both kinds of signatures.
  static let rfc8463 = """
    DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;
     d=football.example.com; i=@football.example.com;
     q=dns/txt; s=brisbane; t=1528637909; h=from : to :
     subject : date : message-id : from : subject : date;
     bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
     b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus
     Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==
    DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;
     d=football.example.com; i=@football.example.com;
     q=dns/txt; s=test; t=1528637909; h=from : to : subject :
     date : message-id : from : subject : date;
     bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
     b=F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3
     DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFOeS9mPYQTnGdaSGsgeefOsk2Jz
     dA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8=

    """ + content

  static let records = [
    "brisbane._domainkey.example.com": """
    v=DKIM1; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDwIRP/UC3SBsEmGqZ9ZJW3/DkMoGeLnQg1fWn7/zYt
    IxN2SnFCjxOCKG9v3b4jYfcTNh5ijSsq631uBItLa7od+v/RtdC2UzJ1lWT947qR+Rcac2gbto/NMqJ0fzfVjH4OuKhi
    tdY9tf6mcwGjaNBcWToIMmPSPDdQPNUYckcQ2QIDAQAB
    """,
    "brisbane._domainkey.football.example.com":
      "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
    "test._domainkey.football.example.com": """
    v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6w
    y5bdOKb2jLQiY/J16JYi0Qvx/byYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9
    PzoxZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB
    """,
  ]

  static func bytes(_ text: String) -> [UInt8] {
    Array(text.replacing("\n", with: "\r\n").utf8)
  }

  private func verdicts(_ text: String) -> [DKIMVerification.Verdict] {
    DKIMVerification.verify(Self.bytes(text)) { Self.records[$0] }.map(\.verdict)
  }

  @Test func `the signature of RFC 6376 verifies`() {
    #expect(verdicts(Self.rfc6376) == [.pass])
    #expect(verdicts(Self.rfc6376.replacing("lost", with: "won")) == [.bodyChanged])
    #expect(verdicts(Self.rfc6376.replacing("dinner", with: "lunch")) == [.headerChanged])
    #expect(verdicts(Self.rfc6376.replacing("To: ", with: "TO: ")) == [.headerChanged])
  }

  @Test func `both signatures of RFC 8463 verify`() {
    #expect(verdicts(Self.rfc8463) == [.pass, .pass])
    #expect(verdicts(Self.rfc8463.replacing("To: ", with: "TO:  ")) == [.pass, .pass])
    #expect(verdicts("From: x\n" + Self.rfc8463) == [.headerChanged, .headerChanged])
  }

  /// Ed25519 has no chance in it, so that the key of the RFC must make the RFC's signature.
  @Test func `the key of RFC 8463 makes its signature`() throws {
    let seed = try #require([UInt8](base64: "nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A="))
    let info = try #require([UInt8](base64: "MC4CAQAwBQYDK2VwBCIEIA==")) + seed
    let pem = "-----BEGIN PRIVATE KEY-----\n\(info.base64)\n-----END PRIVATE KEY-----\n"
    let key = try SigningKey(pem: Array(pem.utf8))
    let message = MessageFields(Self.bytes(Self.rfc8463))
    let field = String(decoding: message.fields[0].bytes, as: UTF8.self)
    let parts = field.components(separatedBy: " b=")
    let names = ["from", "to", "subject", "date", "message-id", "from", "subject", "date"]
    let digest = headerHash(
      message.selected(by: names),
      draft: Array((parts[0] + " b=").utf8),
      .relaxed
    )
    let signature = key.sign(digest: digest).base64
    #expect(signature == parts[1].filter { !$0.isWhitespace })
    #expect(
      message.bodyHash(.relaxed).base64 == "2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8="
    )
  }

  /// RFC 6376 §3.4.5.
  @Test func `the forms are those of RFC 6376`() {
    let text = "A: X\r\nB : Y\t\r\n\tZ  \r\n\r\n C \r\nD \t E\r\n\r\n\r\n"
    let message = MessageFields(Array(text.utf8))
    let relaxed = message.fields.map { Canonicalization.relaxed.field($0.bytes) }
    #expect(relaxed == ["a:X", "b:Y Z"].map { Array($0.utf8) })
    let simple = message.fields.map { Canonicalization.simple.field($0.bytes) }
    #expect(simple == ["A: X", "B : Y\t\r\n\tZ  "].map { Array($0.utf8) })
    #expect(message.bodyHash(.relaxed) == SHA256.hash(" C\r\nD E\r\n"))
    #expect(message.bodyHash(.simple) == SHA256.hash(" C \r\nD \t E\r\n"))
  }

  /// RFC 6376 §3.4.3 and §3.4.4.
  @Test func `an empty body has the hashes of RFC 6376`() {
    for text in ["A: X\r\n\r\n", "A: X\r\n", "A: X\r\n\r\n\r\n\r\n"] {
      let message = MessageFields(Array(text.utf8))
      #expect(
        message.bodyHash(.simple).base64 == "frcCV1k9oG9oKj3dpUqdJg1PxRT2RSN/XKdLCPjaYaY="
      )
      #expect(
        message.bodyHash(.relaxed).base64 == "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
      )
    }
  }
}
