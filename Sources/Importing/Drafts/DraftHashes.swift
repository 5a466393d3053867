import Cryptography
import Foundation
import Model

/// A SHA-256 digest of named fields, in which no value can be taken for another.
struct FieldsDigest: ~Copyable {
  private var digest = SHA256()

  mutating func add(_ name: String, _ value: String?) {
    guard let value else { return }
    // The length stands before the value, so no value can run into the next field.
    digest.update("\(name):\(value.utf8.count):".utf8.span)
    digest.update(value.utf8.span)
  }

  mutating func add(_ name: String, _ values: [String]) {
    for value in values { add(name, value) }
  }

  mutating func add(_ authors: [Person]) {
    for author in authors {
      add("author", author.name)
      add("email", author.email)
      add("uri", author.uri)
    }
  }

  mutating func add(_ enclosures: [Enclosure]) {
    for enclosure in enclosures {
      add("enclosure", enclosure.url)
      add("type", enclosure.type)
      add("length", enclosure.length.map(String.init))
      add("name", enclosure.title)
    }
  }

  consuming func finish() -> [UInt8] { digest.finish() }
}

/// The digest of the letters and digits of texts: what readers would call their words.
///
/// Punctuation, spaces and marks of Markdown do not count, nor how accents are encoded. The texts
/// are those of the source, not what was derived from them, so that a newer feedgen, which
/// derives differently, finds the same words.
func wordsHash(of texts: [String]) -> [UInt8] {
  var letters: [UInt8] = []
  letters.reserveCapacity(texts.reduce(0) { $0 + $1.utf8.count + 1 })
  for text in texts {
    let start = letters.count
    if !appendPlainLetters(of: text.utf8.span, to: &letters) {
      letters.removeSubrange(start...)
      appendLetters(of: text.precomposedStringWithCanonicalMapping, to: &letters)
    }
    // A word that moves from the title to the text is a change.
    letters.append(0)
  }
  return SHA256.hash(letters)
}

/// Appends the letters and digits of a text that has only ASCII, Latin letters up to U+02FF and the
/// punctuation of U+2000 to U+203F, of which composing could change nothing; false for any other.
private func appendPlainLetters(of text: Span<UInt8>, to letters: inout [UInt8]) -> Bool {
  var position = 0
  while position < text.count {
    let byte = text[position]
    switch byte {
    case 0..<0x80:
      if isLetterOrDigit(byte) { letters.append(byte) }
      position += 1
    case 0xc2..<0xcc:
      let next = text[position + 1]
      if isLetterOrDigit(Unicode.Scalar(UInt16(byte & 0x1f) << 6 | UInt16(next & 0x3f))) {
        letters.append(byte)
        letters.append(next)
      }
      position += 2
    case 0xe2 where text[position + 1] == 0x80: position += 3
    default: return false
    }
  }
  return true
}

private func appendLetters(of text: String, to letters: inout [UInt8]) {
  for scalar in text.unicodeScalars where isLetterOrDigit(scalar) {
    letters.append(contentsOf: UTF8.encode(scalar) ?? UTF8.EncodedScalar())
  }
}

@inline(__always)
private func isLetterOrDigit(_ byte: UInt8) -> Bool {
  (97...122).contains(byte | 0x20) || (48...57).contains(byte)
}

private func isLetterOrDigit(_ scalar: Unicode.Scalar?) -> Bool {
  guard let scalar else { return false }
  // The letters of French and its neighbours, all but the signs of multiplication and division.
  if (0xc0...0x17f).contains(scalar.value) { return scalar.value != 0xd7 && scalar.value != 0xf7 }
  if scalar.isASCII { return isLetterOrDigit(UInt8(scalar.value)) }
  return scalar.properties.isAlphabetic || scalar.properties.numericType != nil
}
