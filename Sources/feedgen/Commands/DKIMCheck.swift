import Delivering
import Cryptography
import Model

/// Signs a sample message with each key of a site, and verifies it as a receiver would.
struct DKIMCheck {
  private let signers: [DKIMSigner]
  private let from: Mailbox

  /// Nil where no key is configured.
  init?(_ configuration: Configuration) throws(DKIMKeyError) {
    guard let mail = configuration.site.mail, !mail.dkim.isEmpty else { return nil }
    signers = try configuration.signers()
    from = mail.from
  }

  /// The records to publish.
  var records: [DKIMRecordLine] { signers.map { DKIMRecordLine($0.record) } }

  /// What is good to know, and stops nothing.
  var remarks: [String] {
    var remarks = signers.compactMap(\.shortKeyRemark)
    if !signers.contains(where: { $0.key.algorithm == .rsa }) {
      remarks.append(
        "mail.dkim: many receivers verify RSA only, and take this mail for unsigned; "
          + "make an RSA key beside this one with “feedgen dkim-key”"
      )
    }
    if !signers.contains(where: { $0.isAligned(with: from.address.domain) }) {
      remarks.append(
        "mail.dkim: no key is for \(from.address.domain), the domain of “mail.from”, and so "
          + "receivers count no signature for it (DMARC); make one with “feedgen dkim-key”"
      )
    }
    return remarks
  }

  func verify() throws(UnverifiedSignature) {
    let message = signers.signed(sample, date: .now)
    let verified = DKIMVerification.verify(message, signedBy: signers)
    for (signer, result) in zip(signers, verified) where result.verdict != .pass {
      throw UnverifiedSignature(name: signer.record.name, verdict: result.verdict)
    }
  }

  private var sample: [UInt8] {
    Array(
      """
      From: <\(from.address)>\r
      To: <\(from.address)>\r
      Subject: feedgen check\r
      List-Unsubscribe: <mailto:\(from.address)>\r
      \r
      A sample.\r

      """.utf8
    )
  }
}

extension DKIMSigner {
  fileprivate var shortKeyRemark: String? {
    guard key.algorithm == .rsa, key.bits < SigningKey.recommendedRSABits else { return nil }
    return "\(record.name): an RSA key of \(key.bits) bits is short; make one of "
      + "\(SigningKey.recommendedRSABits) with “feedgen dkim-key” and another selector"
  }

  /// Whether it signs for a domain, or for one above or below it.
  fileprivate func isAligned(with other: String) -> Bool {
    domain == other || other.hasSuffix(".\(domain)") || domain.hasSuffix(".\(other)")
  }
}

/// What was signed just now does not verify: a fault of feedgen's.
struct UnverifiedSignature: Error, CustomStringConvertible {
  var name: String
  var verdict: DKIMVerification.Verdict

  var description: String { "\(name): a sample that it signed does not verify (\(verdict))" }
}
