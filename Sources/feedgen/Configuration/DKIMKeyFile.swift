import ArgumentParser
import Cryptography
import Delivering
import Glibc
import Model

extension Configuration {
  /// What signs messages, with its keys, read now.
  func signers() throws(DKIMKeyError) -> [DKIMSigner] {
    var signers: [DKIMSigner] = []
    for settings in site.mail?.dkim ?? [] { signers.append(try DKIMSigner(settings)) }
    return signers
  }
}

extension DKIMSigner {
  fileprivate init(_ settings: DKIMKeySettings) throws(DKIMKeyError) {
    let pem = try contents(of: settings)
    do throws(SigningKeyError) {
      let key = try SigningKey(pem: pem)
      self.init(domain: settings.domain, selector: settings.selector, key: key)
    } catch {
      throw .unusable(settings, error)
    }
  }
}

private func contents(of settings: DKIMKeySettings) throws(DKIMKeyError) -> [UInt8] {
  let path = settings.keyFile
  guard unsafe access(path, F_OK) == 0 || errno != ENOENT else { throw .missing(settings) }
  do throws(FileError) {
    return try privateFile(at: path, atMost: 64 << 10)
  } catch {
    switch error {
    case .readableByOthers: throw .readableByOthers(path: path)
    case .system(let detail): throw .unreadable(path: path, detail: detail)
    }
  }
}

/// Why a key of `mail.dkim` cannot sign.
enum DKIMKeyError: Error, Equatable, CustomStringConvertible {
  case missing(DKIMKeySettings)
  case unreadable(path: String, detail: String)
  case readableByOthers(path: String)
  case unusable(DKIMKeySettings, SigningKeyError)

  var description: String {
    switch self {
    case .missing(let settings):
      "\(settings.keyFile): there is no such DKIM key; mend “key_file”, or make it with "
        + "“\(settings.makingCommand)”"
    case .unreadable(let path, let detail):
      "\(path): the DKIM key cannot be read (\(detail)); give the user who runs feedgen the right "
        + "to, or mend “key_file”"
    case .readableByOthers(let path):
      "\(path): others can read this DKIM key; run “chmod 600 \(path)”"
    case .unusable(let settings, let error):
      "\(settings.keyFile): \(error.description); make another with another selector, for "
        + "instance with “\(settings.makingCommand)”"
    }
  }
}

extension DKIMKeyError: ExitCoded {
  var exitCode: ExitCode {
    switch self {
    case .missing, .unusable: .configuration
    case .unreadable, .readableByOthers: .noPermission
    }
  }
}

extension DKIMKeySettings {
  fileprivate var makingCommand: String {
    "feedgen dkim-key --domain \(domain) --selector \(selector)"
  }
}

extension SigningKeyError {
  fileprivate var description: String {
    switch self {
    case .unreadable: "not a private key in PEM without a passphrase"
    case .damaged: "a damaged key, whose parts do not fit together"
    case .otherKind(let name): "a key for \(name), but DKIM signs with RSA or Ed25519"
    case .tooShort(let bits):
      "an RSA key of \(bits) bits, which nobody trusts (\(SigningKey.rsaBits.lowerBound) at least, "
        + "better \(SigningKey.recommendedRSABits))"
    case .tooLong(let bits):
      "an RSA key of \(bits) bits, which not everybody can verify "
        + "(\(SigningKey.rsaBits.upperBound) at most)"
    }
  }
}
