"""Reads an Atom feed with a program that people read feeds with, and writes its entries as JSON.

read_feed.py feedparser|sfeed|newsboat FILE
"""

import calendar
import json
import os
import pathlib
import re
import sqlite3
import subprocess
import sys
import tempfile


def read_with_feedparser(path):
    import feedparser

    document = feedparser.parse(path, sanitize_html=False, resolve_relative_uris=False)
    if document.bozo:
        sys.exit(f"feedparser: {document.bozo_exception}")
    return [
        {
            "id": entry.id,
            "title": entry.title,
            "link": entry.link,
            "published": calendar.timegm(entry.published_parsed),
            "content": entry.content[0].value,
        }
        for entry in document.entries
    ]


def read_with_sfeed(path):
    """sfeed(5): tab-separated; a line's end, a tab and a backslash inside a field are escaped."""
    with open(path, "rb") as file:
        output = subprocess.run(["sfeed"], stdin=file, capture_output=True, check=True).stdout
    escapes = {"n": "\n", "t": "\t", "\\": "\\"}
    entries = []
    for line in output.decode().split("\n")[:-1]:
        time, title, link, content, _, identifier = line.split("\t")[:6]
        content = re.sub(r"\\(.)", lambda match: escapes[match[1]], content)
        entries.append(
            {
                "id": identifier,
                "title": title,
                "link": link,
                "published": int(time),
                "content": content,
            }
        )
    return entries


def read_with_newsboat(path):
    """Its cache has the newest entry last."""
    with tempfile.TemporaryDirectory() as home:
        pathlib.Path(home, "urls").write_text(f"file://{path}\n")
        pathlib.Path(home, "config").write_text("")
        cache = f"{home}/cache.db"
        arguments = ["-x", "reload", "-u", f"{home}/urls", "-c", cache, "-C", f"{home}/config"]
        # Its own locale has to know UTF-8, or it writes question marks.
        environment = os.environ | {"HOME": home, "LC_ALL": "C.UTF-8"}
        subprocess.run(["newsboat", *arguments], env=environment, check=True, timeout=30)
        columns = ["id", "title", "link", "published", "content"]
        rows = sqlite3.connect(cache).execute(
            "select guid, title, url, pubDate, content from rss_item order by id desc"
        )
        return [dict(zip(columns, row)) for row in rows]


readers = {
    "feedparser": read_with_feedparser,
    "newsboat": read_with_newsboat,
    "sfeed": read_with_sfeed,
}
json.dump(readers[sys.argv[1]](os.path.abspath(sys.argv[2])), sys.stdout, ensure_ascii=False)
