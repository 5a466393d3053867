func isASCIILetter(_ byte: UInt8) -> Bool { (97...122).contains(byte | 0x20) }

func isASCIIDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

func isHexadecimal(_ byte: UInt8) -> Bool {
  isASCIIDigit(byte) || (97...102).contains(byte | 0x20)
}

/// White space as HTML has it: space, TAB, LF, FF, CR.
func isHTMLSpace(_ byte: UInt8) -> Bool {
  switch byte {
  case 0x20, 0x09, 0x0a, 0x0c, 0x0d: true
  default: false
  }
}

func lowercased(_ byte: UInt8) -> UInt8 {
  (65...90).contains(byte) ? byte | 0x20 : byte
}
