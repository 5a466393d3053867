extension HTMLFragment {
  /// The fragment in the typography of French, with what is in another language or code as it was.
  ///
  /// A sign is set by what stands around it in its paragraph, whatever elements lie between:
  /// the space in `<em>mot</em> :` is that before the colon.
  package func typesetInFrench() -> HTMLFragment {
    var walk = TypographyWalk(tokens)
    walk.typeset()
    return HTMLFragment(tokens: walk.tokens, repairs: repairs)
  }
}
