#!/usr/bin/env -S python3 -B
"""Writes articles as Markdown files with front matter: markdown.py N FOLDER [SEED]

The same arguments give the same bytes. Texts have 5 to 10 kB: headings, lists, links, a table.
"""

import datetime
import os
import random
import sys

from prose import Prose

START = datetime.datetime(2005, 1, 1, 6)
TOPICS = ["Amérique latine", "Biélorussie"]
HEAD = """---
id: https://revue.example.org/{number}
title: "{title}, {number}"
date: {date:%Y-%m-%dT%H:%M:%SZ}
topics: [{topics}]
authors: [Clara Vidal]
summary: "{summary}"
url: https://revue.example.org/article-{number}
---

Article {number}.

"""


def pieces(prose):
    made = []
    for number in range(2000):
        kind = number % 10
        if kind == 0:
            made.append(f"## {prose.title()}\n\n")
        elif kind == 1:
            made.append("".join(f"- {prose.title()}\u202f;\n" for _ in range(4)) + "\n")
        elif kind == 2:
            made.append(f"*{prose.title()}*, [dit-on](https://revue.example.org/{number}).\n\n")
        elif number % 40 == 3:
            rows = "".join(f"| {prose.title()} | {number} |\n" for _ in range(4))
            made.append(f"| Pays | Mesure |\n|---|---:|\n{rows}\n")
        else:
            made.append(prose.paragraph() + "\n\n")
    return made


def main():
    count, folder = int(sys.argv[1]), sys.argv[2]
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    prose, chance = Prose(seed), random.Random(seed)
    texts, titles = pieces(prose), [prose.title() for _ in range(1000)]
    summaries = [prose.sentence() for _ in range(1000)]
    os.makedirs(folder, exist_ok=True)
    for number in range(1, count + 1):
        start = chance.randrange(1950)
        head = HEAD.format(
            number=number, title=titles[number % 1000], summary=summaries[number % 997],
            date=START + datetime.timedelta(minutes=67 * number),
            topics=", ".join(TOPICS if number % 7 == 0 else [TOPICS[number % 2]]))
        with open(f"{folder}/article-{number}.md", "w", encoding="utf-8") as file:
            file.write(head + "".join(texts[start : start + 13 + chance.randrange(13)]))


main()
