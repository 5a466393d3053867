"""Says what keeps a document from being JSON Feed 1.1: check_json_feed.py SCHEMA FILE

A line for each violation; none for a good document.
"""

import json
import sys

import jsonschema


def unique_members(pairs):
    names = [name for name, _ in pairs]
    for name in sorted({name for name in names if names.count(name) > 1}):
        print(f"the member {name} comes twice")
    return dict(pairs)


with open(sys.argv[1], encoding="utf-8") as file:
    schema = json.load(file)
with open(sys.argv[2], encoding="utf-8", newline="") as file:
    text = file.read()
feed = json.loads(text, object_pairs_hook=unique_members)

for error in jsonschema.Draft202012Validator(schema).iter_errors(feed):
    print(f"{error.json_path}: {error.validator}: {error.message[:200]}")
if isinstance(feed, dict):
    ids = [item.get("id") for item in feed.get("items", [])]
    if len(set(ids)) < len(ids):
        print("two items have the same id")
    if feed.get("next_url") and feed.get("next_url") == feed.get("feed_url"):
        print("next_url leads to the feed itself")
    for thing in [feed, *feed.get("items", [])]:
        if "author" in thing and thing["author"] != thing.get("authors", [None])[0]:
            print("author is not the first of the authors")
if "</" in text:
    print("a script that this is put in would end")
