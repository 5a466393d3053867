import Cryptography
import Foundation
import Model

/// A SHA-256 digest of named fields, in which no value can be taken for another.
struct FieldsDigest: ~Copyable {
  private var digest = SHA256()

  mutating func add(_ name: String, _ value: String?) {
    guard let value else { return }
    // The length stands before the value, so no value can run into the next field.
    digest.update(Array("\(name):\(value.utf8.count):".utf8).span)
    digest.update(Array(value.utf8).span)
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
  for text in texts {
    let composed = isPlainlyComposed(text) ? text : text.precomposedStringWithCanonicalMapping
    for scalar in composed.unicodeScalars
    where isLetterOrDigit(scalar) {
      letters.append(contentsOf: UTF8.encode(scalar) ?? UTF8.EncodedScalar())
    }
    // A word that moves from the title to the text is a change.
    letters.append(0)
  }
  return SHA256.hash(letters)
}

/// Whether composing could change no letter, judged by single bytes: Latin letters up to U+02FF, and
/// the punctuation of U+2000 to U+203F.
private func isPlainlyComposed(_ text: String) -> Bool {
  var previous: UInt8 = 0
  for byte in text.utf8 {
    if byte >= 0xcc, byte != 0xe2 { return false }
    if previous == 0xe2, byte != 0x80 { return false }
    previous = byte
  }
  return true
}

private func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
  // The letters of French and its neighbours, all but the signs of multiplication and division.
  if (0xc0...0x17f).contains(scalar.value) { return scalar.value != 0xd7 && scalar.value != 0xf7 }
  if scalar.isASCII {
    return switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9": true
    default: false
    }
  }
  return scalar.properties.isAlphabetic || scalar.properties.numericType != nil
}
