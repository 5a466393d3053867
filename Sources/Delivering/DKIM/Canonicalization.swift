import Cryptography

/// The form that a part of a message is brought into before it is hashed (RFC 6376 §3.4).
enum Canonicalization: String {
  /// As it was sent.
  case simple
  /// White space and the case of names do not count: what relays change on the way.
  case relaxed

  /// A header field in this form, without its last line end.
  func field(_ field: ArraySlice<UInt8>) -> [UInt8] {
    switch self {
    case .simple: Array(field.withoutLineEnd)
    case .relaxed: relaxedField(field)
    }
  }

  /// The SHA-256 of a body in this form.
  func bodyHash(_ body: Span<UInt8>) -> [UInt8] {
    switch self {
    case .simple: simpleBodyHash(body)
    case .relaxed: relaxedBodyHash(body)
    }
  }
}

/// RFC 6376 §3.4.2: the name in lower case, runs of white space and line ends as one space.
private func relaxedField(_ field: ArraySlice<UInt8>) -> [UInt8] {
  let colon = field.firstIndex(of: UInt8(ascii: ":")) ?? field.endIndex
  let name = field[..<colon].filter { !isWhiteSpace($0) }.map(lowercased)
  let words = field[colon...].dropFirst().split(whereSeparator: isWhiteSpace)
  return name + [UInt8(ascii: ":")] + words.joined(separator: [UInt8(ascii: " ")])
}

/// RFC 6376 §3.4.3: the empty lines at the end count as none; an empty body is one line end.
private func simpleBodyHash(_ body: Span<UInt8>) -> [UInt8] {
  var end = body.count
  while isLineEnd(body, at: end - 2) { end -= 2 }
  var digest = SHA256()
  digest.update(body.extracting(first: end))
  digest.update([13, 10].span)
  return digest.finish()
}

/// RFC 6376 §3.4.4, in one pass: stretches that already have the form go to the digest as they are.
private func relaxedBodyHash(_ body: Span<UInt8>) -> [UInt8] {
  var digest = SHA256()
  // What is before it was given to the digest.
  var done = 0
  var contentEnd = body.count
  var gap = Gap(in: body, from: 0)
  while let found = gap {
    if found.end == body.count {
      contentEnd = found.start
    } else if !found.isRelaxed(in: body) {
      digest.update(body.extracting(done..<found.start))
      digest.update(found.relaxed.span)
      done = found.end
    }
    gap = Gap(in: body, from: found.end)
  }
  if contentEnd > 0 {
    digest.update(body.extracting(done..<contentEnd))
    digest.update([13, 10].span)
  }
  return digest.finish()
}

/// A run of spaces, tabs and line ends that is not just one space or line end between words.
private struct Gap {
  var start: Int
  var end: Int
  /// How many lines end in it.
  var lineEnds = 0
  /// Whether the line that begins in it begins with white space; or, without a line end, true.
  var endsInSpace = false

  /// The first at an index or behind it.
  init?(in body: Span<UInt8>, from index: Int) {
    start = index
    while start < body.count {
      if body[start] > 0x20 {
        start += 1
      } else if let length = Gap.plainLength(body, at: start) {
        start += length
      } else {
        break
      }
    }
    guard start < body.count else { return nil }
    end = start
    while end < body.count {
      if isLineEnd(body, at: end) {
        lineEnds += 1
        endsInSpace = false
        end += 2
      } else if isBlank(body[end]) {
        endsInSpace = true
        end += 1
      } else {
        break
      }
    }
  }

  var relaxed: [UInt8] {
    Array(repeatElement([13, 10], count: lineEnds).joined()) + (endsInSpace ? [0x20] : [])
  }

  func isRelaxed(in body: Span<UInt8>) -> Bool {
    end - start == 2 * lineEnds + (endsInSpace ? 1 : 0) && body[end - 1] != 0x09
  }

  /// The length of what separates two words and is relaxed already, or of a control character; nil
  /// where there is a gap.
  private static func plainLength(_ body: Span<UInt8>, at index: Int) -> Int? {
    let isLineEnd = isLineEnd(body, at: index)
    guard isLineEnd || isBlank(body[index]) else { return 1 }
    let next = index + (isLineEnd ? 2 : 1)
    guard body[index] != 0x09, next < body.count, body[next] > 0x20 else { return nil }
    return next - index
  }
}

private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

private func isLineEnd(_ bytes: Span<UInt8>, at index: Int) -> Bool {
  index >= 0 && index + 1 < bytes.count && bytes[index] == 13 && bytes[index + 1] == 10
}

private func isWhiteSpace(_ byte: UInt8) -> Bool { isBlank(byte) || byte == 13 || byte == 10 }

private func lowercased(_ byte: UInt8) -> UInt8 {
  (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
}

extension ArraySlice<UInt8> {
  fileprivate var withoutLineEnd: ArraySlice<UInt8> {
    suffix(2) == [13, 10] ? dropLast(2) : self
  }
}
