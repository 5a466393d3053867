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
    for scalar in text.precomposedStringWithCanonicalMapping.unicodeScalars
    where isLetterOrDigit(scalar) {
      letters.append(contentsOf: UTF8.encode(scalar) ?? UTF8.EncodedScalar())
    }
    // A word that moves from the title to the text is a change.
    letters.append(0)
  }
  return SHA256.hash(letters)
}

private func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
  if scalar.isASCII {
    return switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9": true
    default: false
    }
  }
  return scalar.properties.isAlphabetic || scalar.properties.numericType != nil
}
