"""Reads fragments of HTML with html5lib, strictly, and tells what in them should not be there."""

import json
import sys

import html5lib

ELEMENTS = set(
    """a abbr acronym address article aside audio bdi blockquote br caption cite code col colgroup
    dd del details dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hr img ins kbd
    li main mark nav ol p picture pre q rp rt ruby s samp section small source span strong sub
    summary sup table tbody td tfoot th thead time tr u ul var video wbr""".split()
)
ADDRESSES = {"href", "src", "poster", "cite"}
ATTRIBUTES = ADDRESSES | set(
    """alt colspan controls datetime dir height hreflang lang rowspan sizes srcset start title type
    width""".split()
)
SCHEMES = ("https://", "http://", "mailto:", "tel:", "data:image/png;base64,")


def faults(fragment):
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    try:
        tree = parser.parseFragment(fragment)
    except html5lib.html5parser.ParseError as error:
        yield f"no HTML: {error}"
        return
    for element in tree.iter():
        if element.tag == "DOCUMENT_FRAGMENT":
            continue
        if element.tag not in ELEMENTS:
            yield f"element {element.tag}"
        for name, value in element.attrib.items():
            if name not in ATTRIBUTES:
                yield f"attribute {name}"
            if name in ADDRESSES and not value.startswith(SCHEMES):
                yield f"address {value}"
        sizes = [element.get("width"), element.get("height")]
        if element.tag == "img" and ("0" in sizes or "1" in sizes):
            yield "a picture that is not seen"
    text = "".join(tree.itertext())
    if "avant" not in text:
        yield "the text before is gone"


fragments = json.load(open(sys.argv[1]))
bad = 0
for fragment in fragments:
    for fault in faults(fragment):
        bad += 1
        print(f"{fault}: {fragment}")
print(f"{len(fragments)} read")
sys.exit(bad > 0)
