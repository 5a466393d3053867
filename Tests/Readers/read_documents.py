"""Reads feed documents with a program that people read feeds with, and writes their entries.

read_documents.py stdlib|feedparser|atoma|sfeed|newsboat FILE…

Writes a JSON object: for each file its entries, with id, title and link. `stdlib` is no reader,
but what the document says by itself.
"""

import json
import os
import pathlib
import sqlite3
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml

ATOM = "{http://www.w3.org/2005/Atom}"


def entry(identifier, title, link):
    return {"id": identifier, "title": title, "link": link}


def read_with_stdlib(path):
    if path.endswith(".json"):
        items = json.loads(pathlib.Path(path).read_text("utf-8"))["items"]
        return [entry(item["id"], item["title"], item["url"]) for item in items]
    root = xml.parse(path).getroot()
    if root.tag == "rss":
        items = root.findall("channel/item")
        return [entry(*(item.findtext(name) for name in ("guid", "title", "link"))) for item in items]
    return [
        entry(
            item.findtext(f"{ATOM}id"),
            item.findtext(f"{ATOM}title"),
            item.find(f"{ATOM}link[@rel='alternate']").get("href"),
        )
        for item in root.findall(f"{ATOM}entry")
    ]


def read_with_feedparser(path):
    import feedparser

    document = feedparser.parse(path, sanitize_html=False, resolve_relative_uris=False)
    if document.bozo:
        sys.exit(f"feedparser: {path}: {document.bozo_exception}")
    return [entry(item.id, item.title, item.link) for item in document.entries]


def read_with_atoma(path):
    import atoma

    data = pathlib.Path(path).read_bytes()
    if path.endswith(".json"):
        items = atoma.parse_json_feed_bytes(data).items
        return [entry(item.id_, item.title, item.url) for item in items]
    if path.endswith("rss.xml"):
        return [entry(item.guid, item.title, item.link) for item in atoma.parse_rss_bytes(data).items]
    return [
        entry(
            item.id_,
            item.title.value,
            next(link.href for link in item.links if link.rel == "alternate"),
        )
        for item in atoma.parse_atom_bytes(data).entries
    ]


def read_with_sfeed(path):
    """sfeed(5): tab-separated; a title has no line's end, tab or backslash of its own."""
    with open(path, "rb") as file:
        output = subprocess.run(["sfeed"], stdin=file, capture_output=True, check=True).stdout
    fields = [line.split("\t") for line in output.decode().split("\n")[:-1]]
    return [entry(field[5], field[1], field[2]) for field in fields]


def read_with_newsboat(path):
    """Its cache has the newest entry last."""
    with tempfile.TemporaryDirectory() as home:
        pathlib.Path(home, "urls").write_text(f"file://{path}\n")
        pathlib.Path(home, "config").write_text("")
        cache = f"{home}/cache.db"
        arguments = ["-x", "reload", "-u", f"{home}/urls", "-c", cache, "-C", f"{home}/config"]
        # Its own locale has to know UTF-8, or it writes question marks.
        environment = os.environ | {"HOME": home, "LC_ALL": "C.UTF-8"}
        subprocess.run(["newsboat", *arguments], env=environment, check=True, timeout=60)
        rows = sqlite3.connect(cache).execute(
            "select guid, title, url from rss_item order by id desc"
        )
        return [entry(*row) for row in rows]


readers = {
    "atoma": read_with_atoma,
    "feedparser": read_with_feedparser,
    "newsboat": read_with_newsboat,
    "sfeed": read_with_sfeed,
    "stdlib": read_with_stdlib,
}
read = readers[sys.argv[1]]
json.dump({path: read(os.path.abspath(path)) for path in sys.argv[2:]}, sys.stdout)
