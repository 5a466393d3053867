import CCrypto
import Cryptography
import Delivering
import Dispatch
import Foundation
import Model

/// What a DKIM signature costs over what libcrypto needs for the signature alone, on two threads
/// and over messages of 30 kB; and, where the program is there, beside `openssl speed`.
struct SigningComparison {
  private static let threads = 2
  private static let rounds = 9
  private static let seconds = 0.2

  static func run() throws {
    print("Signing messages of \(message.count) bytes on \(threads) threads.")
    for algorithm in SignatureAlgorithm.allCases {
      let key = try SigningKey.make(algorithm)
      let signer = DKIMSigner(domain: "news.example.org", selector: "s", key: key)
      let bare = try BareKey(pem: key.pem)
      let rates = compare([
        { _ = bare.sign() },
        { _ = signer.signature(of: message, date: Instant(seconds: 1_764_000_000)) },
      ])
      report(algorithm, bare: rates[0], ours: rates[1])
      if algorithm == .rsa { reportOpenSSL(ours: rates[1]) }
    }
  }

  private static func report(_ algorithm: SignatureAlgorithm, bare: Double, ours: Double) {
    let cost = String(format: "%.0f µs a message, %.0f a second", 1e6 / ours, ours)
    print("  \(algorithm): \(cost) and core; \(ratio(ours, bare)) of libcrypto's bare signature")
  }

  private static func reportOpenSSL(ours: Double) {
    guard let rate = openSSLRate() else { return print("  (there is no openssl to compare with)") }
    let total = ours * Double(threads)
    print("  rsa: \(ratio(total, rate)) of openssl speed -multi \(threads) rsa2048")
  }

  private static func ratio(_ ours: Double, _ other: Double) -> String {
    String(format: "%.2f", ours / other)
  }

  /// How often each piece of work is done in a second of a core, measured in turn, so that what
  /// disturbs one disturbs all: the medians.
  private static func compare(_ works: [@Sendable () -> Void]) -> [Double] {
    var rates = works.map { _ in [Double]() }
    for _ in 0..<rounds {
      for (index, work) in works.enumerated() { rates[index].append(rate(of: work)) }
    }
    return rates.map { $0.sorted()[rounds / 2] }
  }

  /// By the threads' own processor time: other programs do not count.
  private static func rate(of work: @Sendable () -> Void) -> Double {
    let rates = [Double](unsafeUninitializedCapacity: threads) { buffer, count in
      nonisolated(unsafe) let rates = buffer
      DispatchQueue.concurrentPerform(iterations: threads) { thread in
        let start = processorTime()
        var done = 0.0
        var passed = 0.0
        while passed < seconds {
          work()
          done += 1
          passed = processorTime() - start
        }
        rates[thread] = done / passed
      }
      count = threads
    }
    return rates.reduce(0, +) / Double(threads)
  }

  private static func processorTime() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// A message as digests are: quoted-printable, lines of 76 and less.
  private static let message: [UInt8] = {
    let header = """
      Date: Mon, 23 Nov 2026 08:05:00 +0100
      From: Veille <lettre@news.example.org>
      To: <lectrice@courrier.example>
      Subject: Veille, cinq articles
      Message-ID: <0123456789abcdef@news.example.org>
      List-Id: Veille <digests.example.org>
      List-Unsubscribe: <https://news.example.org/u/0123456789>
      List-Unsubscribe-Post: List-Unsubscribe=One-Click
      MIME-Version: 1.0
      Content-Type: text/html; charset=utf-8
      Content-Transfer-Encoding: quoted-printable


      """
    let line = "Le port a recul=C3=A9 de <b>neuf pour cent</b> au troisi=C3=A8me tri=\n"
    let body = String(repeating: line, count: 30_000 / (line.utf8.count + 1))
    return Array((header + body).replacing("\n", with: "\r\n").utf8)
  }()

  /// Signatures a second that `openssl speed` makes; nil where there is no such program.
  private static func openSSLRate() -> Double? {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      "openssl", "speed", "-mr", "-seconds", "3", "-multi", "\(threads)", "rsa2048",
    ]
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    // +F2:number:bits:signatures a second:verifications a second
    return output.split(separator: "\n").last { $0.hasPrefix("+F2:") }
      .flatMap { Double($0.split(separator: ":")[3]) }
  }
}

/// A key as libcrypto has it, and nothing around it.
private final class BareKey: @unchecked Sendable {
  private let key: OpaquePointer
  private let digest = SHA256.hash("abc")

  init(pem: [UInt8]) throws {
    let key = pem.withUnsafeBytes { bytes in
      let memory = BIO_new_mem_buf(bytes.baseAddress, Int32(bytes.count))
      defer { BIO_free(memory) }
      return PEM_read_bio_PrivateKey(memory, nil, nil, nil)
    }
    guard let key else { throw SigningKeyError.unreadable }
    self.key = key
  }

  /// PKCS #1 v1.5 over a digest for RSA, and a pure signature for Ed25519.
  func sign() -> [UInt8] {
    let context = EVP_MD_CTX_new()
    defer { EVP_MD_CTX_free(context) }
    var signature = [UInt8](repeating: 0, count: 512)
    var count = signature.count
    let hash = EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA ? EVP_sha256() : nil
    EVP_DigestSignInit(context, nil, hash, nil, key)
    EVP_DigestSign(context, &signature, &count, digest, digest.count)
    return signature
  }
}
