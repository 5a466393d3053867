/// What comes in the place of some characters.
struct TypographyEdit {
  /// In the bytes of a run.
  var range: Range<Int>
  var text: String
}
