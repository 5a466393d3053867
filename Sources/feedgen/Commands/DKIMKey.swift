import ArgumentParser
import Cryptography
import Delivering
import Model

/// `feedgen dkim-key`: a new key to sign mail with.
struct DKIMKey: SiteCommand {
  static let configuration = CommandConfiguration(
    commandName: "dkim-key",
    abstract: "Makes a key to sign mail with (DKIM).",
    discussion: """
      Writes the private key into keys/, and says what to publish in the DNS and what to write \
      into feedgen.yaml. A key that is there is never overwritten: a new one gets a new selector.

      Example: feedgen dkim-key --domain news.example.org --selector 2026a
      """
  )

  /// A length that everybody trusts and can verify (RFC 8301 §3.2).
  private static let newRSABits = SigningKey.recommendedRSABits...SigningKey.rsaBits.upperBound

  @OptionGroup var options: SiteOptions
  @Option(help: "The domain that signs: that of “mail.from”.") var domain: String
  @Option(help: "A name for the key, by which the DNS tells keys of a domain apart.")
  var selector: String
  @Option(help: "rsa, which all receivers know, or ed25519, beside it.")
  var type = SignatureAlgorithm.rsa
  @Option(help: "The length of an RSA key: 2048 to 4096.") var bits: Int?

  func validate() throws {
    guard isDomainName(domain) else {
      throw ValidationError("--domain: a name such as news.example.org is expected.")
    }
    guard isSelector(selector) else {
      throw ValidationError("--selector: letters, digits and hyphens are expected, as in 2026a.")
    }
    guard let bits else { return }
    guard type == .rsa, DKIMKey.newRSABits.contains(bits) else {
      throw ValidationError("--bits: is for RSA keys, from 2048 to 4096.")
    }
  }

  func run(_ report: Report) throws {
    let site = try options.configuration()
    let name = "dkim-\(selector.lowercased()).pem"
    let key = try SigningKey.make(type, bits: bits ?? SigningKey.recommendedRSABits)
    try write(key, name, in: site.keysFolder)
    try NewDKIMKey(
      signer: DKIMSigner(
        domain: domain.lowercased(),
        selector: selector.lowercased(),
        key: key
      ),
      file: "keys/\(name)"
    ).tell(report)
  }

  private func write(_ key: SigningKey, _ name: String, in folder: String) throws {
    try Keys.makeFolder(folder)
    let isMade: Bool
    do throws(FileError) {
      isMade = try makePrivateFile(name, in: folder, key.pem)
    } catch {
      throw KeysError(error, path: "\(folder)/\(name)")
    }
    guard isMade else { throw TakenKeyFile(path: "\(folder)/\(name)") }
  }
}

extension SignatureAlgorithm: ExpressibleByArgument {}

/// There is a key under that selector.
private struct TakenKeyFile: ExitCoded, CustomStringConvertible {
  var path: String

  var exitCode: ExitCode { .cannotCreate }
  var description: String {
    "\(path): there is a key already, which stays; give the new one another --selector"
  }
}

/// A new key, as people and programs are told.
private struct NewDKIMKey: Encodable {
  let file: String
  let record: DKIMRecordLine
  let configuration: String

  init(signer: DKIMSigner, file: String) {
    self.file = file
    record = DKIMRecordLine(signer.record)
    configuration =
      "{domain: \(signer.domain), selector: \(signer.selector), key_file: \(file)}"
  }

  func tell(_ report: Report) throws {
    if report.isJSON { return try report.document(self) }
    report.say("\(file): the private key; keep it, and show it to nobody.")
    report.say("")
    report.say("Publish this TXT record in the DNS:")
    record.tell(report)
    report.say("")
    report.say("Then add to feedgen.yaml, and run “feedgen check”:")
    for line in ["mail:", "  dkim:", "    - \(configuration)"] { report.say("  \(line)") }
  }
}

/// A record to publish, as people and programs are told.
struct DKIMRecordLine: Encodable {
  let name: String
  let value: String
  /// For a zone file.
  let zone: String

  init(_ record: DKIMRecord) {
    name = record.name
    value = record.value
    zone = record.zoneLine
  }

  func tell(_ report: Report) {
    report.say("  name:  \(name)")
    report.say("  value: \(value)")
    report.say("  or, in a zone file:")
    report.say("  \(zone)")
  }
}
