"""Says what keeps a document from being RSS 2.0 by the RSS Advisory Board's profile.

check_rss.py FILE: a line for each violation; none for a good document.
"""

import email.utils
import re
import sys
import xml.etree.ElementTree as tree

NAMESPACES = {
    "http://www.w3.org/2005/Atom": "atom",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://search.yahoo.com/mrss/": "media",
    "http://purl.org/syndication/history/1.0": "fh",
}
CHANNEL = (
    "title link description language copyright lastBuildDate category generator docs ttl image"
    " atom:link fh:complete fh:archive item"
).split()
ITEM = (
    "title link guid pubDate atom:updated dc:creator dc:language category description"
    " content:encoded enclosure media:content"
).split()
SEVERAL = {"category", "atom:link", "item", "dc:creator"}
DATE = re.compile(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d? [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d \+0000")


def name(element):
    namespace, _, local = element.tag.rpartition("}")
    return f"{NAMESPACES.get(namespace[1:], namespace)}:{local}" if namespace else local


def check_children(parent, known):
    names = [name(child) for child in parent]
    for unknown in set(names) - set(known):
        yield f"{name(parent)} has an element {unknown}"
    ordered = [known.index(one) for one in names if one in known]
    if ordered != sorted(ordered):
        yield f"the elements of {name(parent)} are out of order: {names}"
    for one in set(names) - SEVERAL:
        if names.count(one) > 1:
            yield f"{name(parent)} has {one} twice"


def check_text(parent, *required):
    for one in required:
        if not (parent.findtext(one) or "").strip():
            yield f"{name(parent)} has no {one}"
    for child in parent:
        if child.text and name(child) != "content:encoded" and child.text.strip() != child.text:
            if len(child) == 0:
                yield f"{name(child)} has white space around its text"


def check_date(text):
    if not DATE.fullmatch(text or ""):
        yield f"{text} is no date"
        return
    date = email.utils.parsedate_to_datetime(text)
    if date.strftime("%a") != text[:3]:
        yield f"{text} was no {text[:3]}"


def check_address(text):
    if not re.fullmatch(r"https?://[!-~]+", text or ""):
        yield f"{text} is no absolute address"


def check_links(channel):
    links = [child for child in channel if name(child) == "atom:link"]
    rels = [link.get("rel") for link in links]
    for link in links:
        yield from check_address(link.get("href"))
        if link.get("rel") == "self" and link.get("type") != "application/rss+xml":
            yield "the link to itself says another type"
    if rels.count("self") != 1:
        yield "there is not one link to itself"
    names = [name(child) for child in channel]
    if "fh:complete" in names and {"prev-archive", "current"} & set(rels):
        yield "it is complete and has archives"
    if "fh:archive" in names and "current" not in rels:
        yield "an archive document does not lead to the current one"


def check_image(channel):
    image = channel.find("image")
    if image is None:
        return
    if [name(child) for child in image] != ["url", "title", "link"]:
        yield "the image has not url, title and link"
    elif not re.search(r"\.(png|jpe?g|gif)$", image.findtext("url")):
        yield "the image is none for RSS"
    for one in ["title", "link"]:
        if image.findtext(one) != channel.findtext(one):
            yield f"the image has another {one} than the channel"


def check_item(item):
    yield from check_children(item, ITEM)
    yield from check_text(item, "title", "guid")
    yield from check_address(item.findtext("link"))
    yield from check_date(item.findtext("pubDate"))
    if item.find("guid") is not None and item.find("guid").get("isPermaLink") != "false":
        yield "a guid is taken for an address"
    for empty in [child for child in item if len(child) == 0 and name(child) != "enclosure"]:
        if not empty.text:
            yield f"{name(empty)} is empty"
    if "content:encoded" in map(name, item) and item.find("description") is None:
        yield "there is a content without a description"
    enclosure = item.find("enclosure")
    if enclosure is not None:
        yield from check_address(enclosure.get("url"))
        if not (enclosure.get("length") or "").isdigit() or "/" not in enclosure.get("type", ""):
            yield "the enclosure has no length or type"


def check(text):
    root = tree.fromstring(text)
    if root.tag != "rss" or root.get("version") != "2.0" or len(root) != 1:
        yield "this is not RSS 2.0"
        return
    channel = root[0]
    yield from check_children(channel, CHANNEL)
    yield from check_text(channel, "title", "description", "language")
    yield from check_address(channel.findtext("link"))
    yield from check_date(channel.findtext("lastBuildDate"))
    if int(channel.findtext("ttl") or 0) < 1:
        yield "there is no ttl"
    yield from check_links(channel)
    yield from check_image(channel)
    for item in channel.findall("item"):
        yield from check_item(item)
    ids = [item.findtext("guid") for item in channel.findall("item")]
    if len(set(ids)) < len(ids):
        yield "two items have the same guid"
    for title in re.findall(rb"<title>(.*?)</title>", text):
        if re.search(rb"&(?!#x(26|3C|3E);)", title):
            yield f"a title has references that may be taken for HTML: {title}"


with open(sys.argv[1], "rb") as file:
    for violation in check(file.read()):
        print(violation)
