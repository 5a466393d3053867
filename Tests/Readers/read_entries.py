"""Reads feeds of any format, and writes what it found in each as JSON: {file: [entry, …]}.

read_entries.py plain|feedparser|atoma FILE…

“plain” are Python's own parsers of XML and JSON, which know nothing of feeds. Dates are seconds.
"""

import calendar
import datetime
import email.utils
import html
import json
import sys
import xml.etree.ElementTree as tree

ATOM = "{http://www.w3.org/2005/Atom}"
DC = "{http://purl.org/dc/elements/1.1/}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"


def seconds(text):
    return int(datetime.datetime.fromisoformat(text).timestamp())


def described(text):
    """A description is HTML; what has no tags in it was a plain text."""
    return html.unescape(text) if text and "<" not in text else text


def atom_entry(entry):
    return {
        "id": entry.findtext(f"{ATOM}id"),
        "title": entry.findtext(f"{ATOM}title"),
        "url": entry.find(f"{ATOM}link[@rel='alternate']").get("href"),
        "summary": entry.findtext(f"{ATOM}summary"),
        "content": entry.findtext(f"{ATOM}content"),
        "authors": [name.text or "" for name in entry.findall(f"{ATOM}author/{ATOM}name")],
        "categories": [category.get("label") for category in entry.findall(f"{ATOM}category")],
        "published": seconds(entry.findtext(f"{ATOM}published")),
        "updated": seconds(entry.findtext(f"{ATOM}updated")),
        "enclosure": enclosure(entry.find(f"{ATOM}link[@rel='enclosure']"), "href"),
    }


def rss_item(item):
    return {
        "id": item.findtext("guid"),
        "title": item.findtext("title"),
        "url": item.findtext("link"),
        "summary": described(item.findtext("description")),
        "content": item.findtext(f"{CONTENT}encoded"),
        "authors": [name.text or "" for name in item.findall(f"{DC}creator")],
        "categories": [category.text or "" for category in item.findall("category")],
        "published": int(email.utils.parsedate_to_datetime(item.findtext("pubDate")).timestamp()),
        "updated": seconds(item.findtext(f"{ATOM}updated")),
        "enclosure": enclosure(item.find("enclosure"), "url"),
    }


def enclosure(element, attribute):
    return None if element is None else element.get(attribute)


def json_item(item):
    return {
        "id": item["id"],
        "title": item["title"],
        "url": item["url"],
        "summary": item.get("summary"),
        "content": item.get("content_html"),
        "authors": [author["name"] for author in item["authors"]],
        "categories": item.get("tags", []),
        "published": seconds(item["date_published"]),
        "updated": seconds(item["date_modified"]),
        "enclosure": item["attachments"][0]["url"] if "attachments" in item else None,
    }


def outline(element):
    return {
        "title": element.get("text"),
        "url": element.get("htmlUrl"),
        "summary": element.get("description"),
    }


def read_plainly(path):
    if path.endswith(".json"):
        with open(path, encoding="utf-8") as file:
            return [json_item(item) for item in json.load(file)["items"]]
    root = tree.parse(path).getroot()
    if root.tag == "rss":
        return [rss_item(item) for item in root.findall("channel/item")]
    if root.tag == "opml":
        return [outline(element) for element in root.findall("body/outline")]
    return [atom_entry(entry) for entry in root.findall(f"{ATOM}entry")]


def read_with_feedparser(path):
    import feedparser

    document = feedparser.parse(path, sanitize_html=False, resolve_relative_uris=False)
    if document.bozo:
        sys.exit(f"feedparser: {document.bozo_exception}")
    is_rss = document.version == "rss20"
    return [
        {
            "id": entry.id,
            "title": entry.title,
            "url": entry.link,
            "summary": described(entry.get("summary")) if is_rss else entry.get("summary"),
            "content": entry.content[0].value if "content" in entry else None,
            "authors": [author.name for author in entry.authors],
            "categories": [tag.term for tag in entry.get("tags", [])],
            "published": calendar.timegm(entry.published_parsed),
            "updated": calendar.timegm(entry.updated_parsed),
            "enclosure": entry.enclosures[0].href if entry.enclosures else None,
        }
        for entry in document.entries
    ]


def read_with_atoma(path):
    import atoma

    if path.endswith("atom.xml"):
        return [
            {
                "id": entry.id_,
                "title": entry.title.value,
                "url": next(link.href for link in entry.links if link.rel == "alternate"),
                "summary": entry.summary and entry.summary.value,
                "content": entry.content and entry.content.value,
                "authors": [author.name for author in entry.authors],
                "categories": [category.term for category in entry.categories],
                "published": int(entry.published.timestamp()),
                "updated": int(entry.updated.timestamp()),
            }
            for entry in atoma.parse_atom_file(path).entries
        ]
    if path.endswith("rss.xml"):
        return [
            {
                "id": item.guid,
                "title": item.title,
                "url": item.link,
                "summary": described(item.description),
                "content": item.content_encoded,
                "categories": item.categories,
                "published": int(item.pub_date.timestamp()),
            }
            for item in atoma.parse_rss_file(path).items
        ]
    return [
        {
            "id": item.id_,
            "title": item.title,
            "url": item.url,
            "summary": item.summary,
            "content": item.content_html,
            # It knows version 1, where there is one.
            "authors": [item.author.name],
            "categories": item.tags,
            "published": int(item.date_published.timestamp()),
            "updated": int(item.date_modified.timestamp()),
        }
        for item in atoma.parse_json_feed_file(path).items
    ]


readers = {"atoma": read_with_atoma, "feedparser": read_with_feedparser, "plain": read_plainly}
read = readers[sys.argv[1]]
json.dump({path: read(path) for path in sys.argv[2:]}, sys.stdout)
