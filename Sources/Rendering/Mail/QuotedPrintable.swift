/// The transfer encoding quoted-printable (RFC 2045 §6.7).
package enum QuotedPrintable {
  /// The longest line, without its CRLF (RFC 2045 §6.7, rule 5).
  static let longestLine = 76

  /// Encodes UTF-8 text; what it gives ends with a CRLF, so that more may follow.
  ///
  /// Every line break becomes CRLF. A text that does not end in one is closed by a soft break. No
  /// soft break falls within a character's UTF-8, though RFC 2045 would allow it. A line never
  /// begins with `From ` or a dot, which some relays change.
  package static func encode(_ text: some Sequence<UInt8>) -> [UInt8] {
    var encoder = Encoder(Array(text))
    encoder.run()
    return encoder.output
  }

  private struct Encoder {
    let input: [UInt8]
    var output: [UInt8] = []
    /// How many bytes the current line has.
    var column = 0

    init(_ input: [UInt8]) {
      self.input = input
      output.reserveCapacity(input.count + input.count / 4)
    }

    mutating func run() {
      var position = 0
      while position < input.count {
        let breakLength = lineBreak(at: position)
        if breakLength > 0 {
          endLine()
          position += breakLength
        } else {
          let length = min(characterLength(input[position]), input.count - position)
          append(position..<(position + length))
          position += length
        }
      }
      if column > 0 { softBreak() }
    }

    /// The bytes that a line break takes: CRLF, LF or CR.
    func lineBreak(at position: Int) -> Int {
      guard position < input.count else { return 0 }
      switch input[position] {
      case lineFeed: return 1
      case carriageReturn:
        return position + 1 < input.count && input[position + 1] == lineFeed ? 2 : 1
      default: return 0
      }
    }

    /// Appends a character, as it is or encoded, after a soft break where it would not fit.
    ///
    /// One column is kept for the soft break's sign.
    mutating func append(_ character: Range<Int>) {
      let raw = character.count == 1 && isRaw(at: character.lowerBound)
      let width = raw ? 1 : character.count * 3
      if column + width > longestLine - 1 {
        softBreak()
        append(character)
        return
      }
      if raw {
        output.append(input[character.lowerBound])
      } else {
        for byte in input[character] { output.appendEscaped(byte) }
      }
      column += width
    }

    func isRaw(at position: Int) -> Bool {
      switch input[position] {
      case UInt8(ascii: "="): false
      case UInt8(ascii: "."): column > 0
      case UInt8(ascii: "F"): column > 0 || !input[position...].starts(with: from)
      // White space at the end of a line is lost on the way.
      case 0x20, 0x09: lineBreak(at: position + 1) == 0 && position + 1 < input.count
      case 0x21...0x7e: true
      default: false
      }
    }

    mutating func softBreak() {
      output.append(UInt8(ascii: "="))
      endLine()
    }

    mutating func endLine() {
      output.append(carriageReturn)
      output.append(lineFeed)
      column = 0
    }
  }
}

extension [UInt8] {
  /// Appends a byte as `=` and two upper-case hexadecimal digits.
  mutating func appendEscaped(_ byte: UInt8) {
    append(UInt8(ascii: "="))
    append(hexadecimalDigit(byte >> 4))
    append(hexadecimalDigit(byte & 15))
  }
}

/// The bytes of a character in UTF-8, by its first one.
func characterLength(_ first: UInt8) -> Int {
  switch first {
  case 0xc0..<0xe0: 2
  case 0xe0..<0xf0: 3
  case 0xf0...: 4
  default: 1
  }
}

private func hexadecimalDigit(_ value: UInt8) -> UInt8 {
  value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
}

private let lineFeed = UInt8(ascii: "\n")
private let carriageReturn = UInt8(ascii: "\r")
private let from = Array("From ".utf8)
