package import Model
import Synchronization
import Dispatch

/// A message on its way out; its signatures are made while a server is spoken to.
package struct OutgoingMessage: Sendable {
  /// The message without its signatures.
  let unsigned: [UInt8]
  /// How much the signatures put before it: known at once, so that a server can be told the size.
  let signatureLength: Int
  private let signing: Signing?

  /// A message that is sent as it is.
  package init(_ bytes: [UInt8]) {
    unsigned = bytes
    signatureLength = 0
    signing = nil
  }

  /// A message that others sign, from now on, on a thread of their own.
  package init(_ bytes: [UInt8], signedBy signers: [DKIMSigner], date: Instant) {
    let fields = MessageFields(bytes)
    unsigned = bytes
    signatureLength = signers.reduce(0) { $0 + $1.signatureLength(of: fields, date: date) }
    signing =
      signers.isEmpty
      ? nil : Signing { signers.flatMap { $0.signature(of: fields, date: date) } }
  }

  /// The fields to put before the message; waits until they are made.
  func signatures() -> [UInt8] { signing?.wait() ?? [] }

  /// The message as it goes out.
  package func bytes() -> [UInt8] { signatures() + unsigned }
}

/// Work that is done on another thread.
private final class Signing: Sendable {
  private let result = Mutex<[UInt8]>([])
  private let group = DispatchGroup()

  init(_ work: @escaping @Sendable () -> [UInt8]) {
    DispatchQueue.global().async(group: group) { [self] in
      let made = work()
      result.withLock { $0 = made }
    }
  }

  func wait() -> [UInt8] {
    group.wait()
    return result.withLock { $0 }
  }
}
