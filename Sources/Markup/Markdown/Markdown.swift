internal import CCMark

/// The HTML of a text in GitHub's Markdown, with tables, strikethrough, links and footnotes.
///
/// HTML in the text comes through as it is: whoever calls this sanitises the result.
package func html(fromMarkdown text: String) throws(MarkdownError) -> String {
  try MarkdownLimits.check(text)
  guard extensionsAreRegistered, let parser = unsafe cmark_parser_new(options) else {
    fatalError("out of memory")
  }
  defer { unsafe cmark_parser_free(parser) }
  for name in ["table", "strikethrough", "autolink"] {
    unsafe cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(name))
  }
  unsafe cmark_parser_feed(parser, text, text.utf8.count)
  guard let document = unsafe cmark_parser_finish(parser) else { fatalError("out of memory") }
  defer { unsafe cmark_node_free(document) }
  let extensions = unsafe cmark_parser_get_syntax_extensions(parser)
  guard let rendered = unsafe cmark_render_html(document, options, extensions) else {
    fatalError("out of memory")
  }
  defer { unsafe cmark_get_default_mem_allocator().pointee.free(rendered) }
  return unsafe String(cString: rendered)
}

private let options = CMARK_OPT_UNSAFE | CMARK_OPT_FOOTNOTES | CMARK_OPT_VALIDATE_UTF8

/// Registers the extensions for the process, when first asked.
private let extensionsAreRegistered: Bool = {
  cmark_gfm_core_extensions_ensure_registered()
  return true
}()
