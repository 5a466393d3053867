"""Reads feeds with programs of Debian, and writes what they show as JSON: {file: [entry, …]}.

read_documents.py sfeed|newsboat FILE…
"""

import json
import os
import pathlib
import sqlite3
import subprocess
import sys
import tempfile


def entry(identifier, title, url):
    return {"id": identifier, "title": title, "url": url}


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


read = {"newsboat": read_with_newsboat, "sfeed": read_with_sfeed}[sys.argv[1]]
json.dump({path: read(os.path.abspath(path)) for path in sys.argv[2:]}, sys.stdout)
