import Markup
import Testing

@Suite struct XMLWriterTests {
  @Test func `a document is indented, one element a line`() {
    var writer = XMLWriter()
    writer.startDocument()
    writer.start("feed")
    writer.attribute("xml:lang", "fr")
    writer.element("id", "tag:x,2026:a")
    writer.start("link")
    writer.attribute("href", "https://x/?a=1&b=\"2\"")
    writer.end()
    writer.end()
    #expect(
      text(writer.finish()) == """
        <?xml version="1.0" encoding="utf-8"?>
        <feed xml:lang="fr">
          <id>tag:x,2026:a</id>
          <link href="https://x/?a=1&amp;b=&quot;2&quot;"/>
        </feed>

        """
    )
  }

  @Test func `bytes are lent once, and what follows continues`() {
    var writer = XMLWriter()
    writer.start("feed")
    let nothing: [UInt8] = []
    writer.raw(nothing.span)
    let opening = writer.takeBytes(copied)
    writer.element("entry", "1")
    let first = writer.takeBytes(copied)
    writer.element("entry", "2")
    let second = writer.takeBytes(copied)
    #expect(opening == "<feed>")
    #expect(first == "  <entry>1</entry>\n")
    #expect(second == "  <entry>2</entry>\n")
  }
}

func text(_ bytes: some Sequence<UInt8>) -> String {
  String(decoding: Array(bytes), as: UTF8.self)
}

func copied(_ bytes: Span<UInt8>) -> String {
  text(bytes.indices.map { bytes[$0] })
}
