import Cryptography
import Hummingbird
import Model
import Rendering
import Store

/// What is stored about a subscriber, for themselves.
extension ReaderDoor {
  /// The button that gives all of it, as JSON, and what it gives.
  func data(_ visit: Visit, _ text: String) async throws -> Response {
    guard let (_, record) = try await subscriber(text, for: .data)
    else { return failure(reason(text, for: .data), language(visit)) }
    let language = language(visit, record)
    guard visit.method == .post else {
      return page(.data(record.subscriber.address, token: text), language)
    }
    guard visit.sends(.confirm) else { return failure(.badLink, language) }
    guard let data = try await store.ask({ try $0.personalData(of: record.key) })
    else { return failure(.expired, language) }
    return Response(
      status: .ok,
      headers: [
        .contentType: "application/json; charset=utf-8",
        .contentDisposition: "attachment; filename=\"feedgen.json\"",
      ],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: data.json()))
    )
  }

  /// The button that erases all of it.
  func erase(_ visit: Visit, _ text: String) async throws -> Response {
    guard let (_, record) = try await subscriber(text, for: .erase)
    else { return failure(reason(text, for: .erase), language(visit)) }
    let language = language(visit, record)
    guard visit.method == .post else {
      return page(.erase(record.subscriber.address, token: text), language)
    }
    guard visit.sends(.confirm) else { return failure(.badLink, language) }
    let now = now
    try await store.ask { try $0.erase(record.key, asOf: now) }
    return page(.erased, language)
  }
}
