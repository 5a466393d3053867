import Markup

/// The grammars of what is published, which travel with the program.
struct Grammars: ~Copyable {
  /// RFC 4287, Appendix B.
  let atom: RelaxNGSchema
  /// RSS 2.0, with the elements of other namespaces that feedgen writes.
  let rss: RelaxNGSchema
  /// OPML 2.0, as far as lists of subscriptions go.
  let opml: RelaxNGSchema

  init() throws(XMLError) {
    let atom = try RelaxNGSchema(PackageResources.atom_rng)
    let rss = try RelaxNGSchema(PackageResources.rss_rng)
    let opml = try RelaxNGSchema(PackageResources.opml_rng)
    self.atom = atom
    self.rss = rss
    self.opml = opml
  }
}
