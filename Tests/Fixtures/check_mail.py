#!/usr/bin/env python3
"""Reads messages and encoded values with Python's email package, and HTML with html5lib.

check_mail.py values FILE    lines of: kind, expected, encoded (hexadecimal, by spaces)
check_mail.py message FILE   a whole digest
"""
import email
import email.header
import email.policy
import email.utils
import quopri
import re
import sys
from html.parser import HTMLParser

failures = []


def fail(*parts):
    failures.append(" ".join(str(part) for part in parts))


def check_values(path):
    count = 0
    for line in open(path, encoding="ascii"):
        kind, expected, encoded = line.rstrip("\n").split(" ")
        expected, encoded = bytes.fromhex(expected), bytes.fromhex(encoded)
        count += 1
        if kind == "qp":
            decoded = quopri.decodestring(encoded)
        else:
            message = email.message_from_bytes(encoded + b"\r\n", policy=email.policy.strict)
            if kind == "subject":
                decoded = message["Subject"].encode()
            else:
                # The newer parser puts a space between the encoded-words of a display name.
                raw = email.message_from_bytes(encoded + b"\r\n", policy=email.policy.compat32)
                name, address = email.utils.parseaddr(re.sub(r"\r\n", "", raw["From"]))
                decoded = str(email.header.make_header(email.header.decode_header(name))).encode()
                if [a.addr_spec for a in message["From"].addresses] != ["a@example.org"]:
                    fail(kind, encoded, message["From"].addresses)
            if message.keys() != ["Subject" if kind == "subject" else "From"] or message.defects:
                fail(kind, encoded, message.keys(), message.defects)
        if decoded != expected:
            fail(kind, "expected", expected, "got", decoded, "from", encoded)
    print(count, "values")


class Elements(HTMLParser):
    """Elements, in order, and the text between them with the language it is in."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.elements, self.texts = [], []

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))

    def handle_data(self, data):
        if self.elements and self.elements[-1][0] != "style":
            self.texts.append(data)


PALETTE = {
    "#fbfaf7", "#1d1c1a", "#5e5a52", "#dcd8cd", "#0f5b63",
    "#161614", "#ece9e2", "#aca79c", "#37352f", "#84c6ca",
}


def check_html(html, language):
    try:
        import html5lib
        html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)
    except ImportError:
        print("skipped: html5lib is not installed, so the HTML was not parsed strictly")
    parser = Elements()
    parser.feed(html)
    elements = parser.elements
    if dict(elements)["html"].get("lang") != language:
        fail("lang", dict(elements)["html"])
    levels = [int(tag[1]) for tag, _ in elements if re.fullmatch("h[1-6]", tag)]
    if levels.count(1) != 1 or levels[0] != 1:
        fail("h1", levels)
    if any(below > above + 1 for above, below in zip(levels, levels[1:])):
        fail("a heading level is skipped", levels)
    ids = [attributes["id"] for _, attributes in elements if "id" in attributes]
    if len(ids) != len(set(ids)):
        fail("an id is there twice", ids)
    for tag, attributes in elements:
        href = attributes.get("href", "")
        if href.startswith("#") and href[1:] not in ids:
            fail("anchor", href)
        if tag == "a" and "color:" not in attributes.get("style", ""):
            fail("a link without a colour of its own", attributes)
        if tag == "table" and attributes.get("role") != "presentation":
            fail("table without role", attributes)
        if tag in ("script", "iframe", "object", "embed", "base", "svg", "link", "form"):
            fail("element", tag)
        if any(name.startswith("on") or name == "srcset" for name in attributes):
            fail("attribute", attributes)
        if "src" in attributes and not attributes["src"].startswith("https://veille.example/"):
            fail("a picture of another host", attributes)
        if tag == "img" and "alt" not in attributes:
            fail("a picture without alt", attributes)
    if re.search(r"url\(|@import|@font-face", html):
        fail("remote style")
    for colour in set(re.findall(r"#[0-9a-fA-F]{6}\b", html)) - PALETTE:
        fail("colour outside of the palette", colour)
    if len(html.encode()) > 60000:
        fail("size", len(html.encode()))
    if language == "fr":
        labels = [a["aria-label"] for _, a in elements if "aria-label" in a]
        check_french(parser.texts + labels)


def check_french(texts):
    for text in texts:
        if "'" in text:
            fail("straight apostrophe", text)
        if re.search("[^\u202f/][;!?](\\s|$)|[^\u202f]:(\\s|$)", text):
            fail("space before a sign", text)
        if re.search("«[^\u00a0]|[^\u00a0]»", text):
            fail("guillemets", text)


def check_message(path):
    message = email.message_from_bytes(open(path, "rb").read(), policy=email.policy.strict)
    parts = list(message.walk())
    for part in parts:
        if part.defects:
            fail("defects", part.defects)
    kinds = [part.get_content_type() for part in parts]
    if kinds != ["multipart/alternative", "text/plain", "text/html"]:
        fail("parts", kinds)
    text, html = parts[1].get_content(), parts[2].get_content()
    language = re.search('<html lang="([^"]+)"', html).group(1)
    check_html(html, language)
    for line in text.splitlines():
        if len(line) > 72 and "://" not in line and "mailto:" not in line:
            fail("width", line)
    urls = set(re.findall(r'href="((?:https|mailto)[^"]+)"', html))
    missing = urls - set(re.findall(r"(?:https|mailto):\S+", text))
    if missing:
        fail("links that the text part lacks", missing)
    if message["Subject"] != re.search("<title>(.*)</title>", html).group(1):
        fail("the title is not the subject")
    print(path, len(html.encode()), "bytes of HTML")


{"values": check_values, "message": check_message}[sys.argv[1]](sys.argv[2])
print("\n".join("FAIL " + failure for failure in failures) or "all checks pass")
sys.exit(bool(failures))
