"""Verifies signed messages with dkimpy: verify_dkim.py RECORDS MESSAGE…

RECORDS is a JSON object: names of the DNS and the texts published there. Writes a list for each
message: whether each of its signatures is good, from the top.
"""

import json
import sys
import types

import dkim

# Messages of tests have pretended dates.
dkim.time = types.SimpleNamespace(time=lambda: 1 << 32)

with open(sys.argv[1], encoding="utf-8") as file:
    records = json.load(file)


def published(name, timeout=5):
    return records.get(name.decode().rstrip("."), "").encode()


def is_good(message, index):
    try:
        return message.verify(idx=index, dnsfunc=published)
    except dkim.DKIMException:
        return False


def verdicts(path):
    with open(path, "rb") as file:
        message = dkim.DKIM(file.read())
    names = [name.lower() for name, _ in message.headers]
    return [is_good(message, index) for index in range(names.count(b"dkim-signature"))]


json.dump([verdicts(path) for path in sys.argv[2:]], sys.stdout)
