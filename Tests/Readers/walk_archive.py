"""Walks a feed from its newest document to the oldest, from the published files alone.

walk_archive.py FOLDER BASE FEED

FOLDER is what a web server would serve at the address BASE; FEED is the folder of the feed below
it, empty for the site's. Writes, for each format, what each document on the way lists, as JSON.
Only the standard library is used: no code, and no idea of feeds, is shared with feedgen.
"""

import json
import pathlib
import sys
import xml.etree.ElementTree as xml

ATOM = "{http://www.w3.org/2005/Atom}"
folder, base, feed = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3]


def read_atom(text):
    root = xml.fromstring(text)
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    return [entry.find(f"{ATOM}id").text for entry in root.findall(f"{ATOM}entry")], links


def read_rss(text):
    channel = xml.fromstring(text).find("channel")
    links = {link.get("rel"): link.get("href") for link in channel.findall(f"{ATOM}link")}
    return [item.find("guid").text for item in channel.findall("item")], links


def read_json(text):
    root = json.loads(text)
    links = {"prev-archive": root["next_url"]} if "next_url" in root else {}
    return [item["id"] for item in root["items"]], links


def walk(name, read):
    documents = []
    address = base + feed + name
    while address:
        if not address.startswith(base):
            sys.exit(f"{address} is not below {base}")
        path = address[len(base) :]
        if path in [document["path"] for document in documents]:
            sys.exit(f"{path} leads back to itself")
        ids, links = read((folder / path).read_text("utf-8"))
        documents.append({"path": path, "ids": ids})
        address = links.get("prev-archive")
    return documents


json.dump(
    {
        "atom": walk("atom.xml", read_atom),
        "rss": walk("rss.xml", read_rss),
        "json": walk("feed.json", read_json),
    },
    sys.stdout,
)
