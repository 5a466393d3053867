#!/usr/bin/env python3
"""What bringing articles in costs, beside a C program that reads the same files.

importing.py FEEDGEN FLOOR [--megabytes 100] [--articles 10000] [--feeds 1000]

The floor (Benchmarks/ImportFloor) parses with libxml2's reader, or renders with cmark-gfm, and
inserts into SQLite: no shortcodes, no sanitising, no typography, no hashes, no identities. Then many
feeds are polled that have nothing new, over a server that answers after 50 ms: one a host, sixteen
at a time, so that latency alone would take feeds / 16 * 50 ms.
"""

import argparse
import json
import os
import pathlib
import resource
import shutil
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
FLOOR = HERE.parent / "ImportFloor"
SERVER = HERE.parent.parent / "Tests/Servers/feed_server.py"
SITE = """site:
  title: Essai
  url: https://revue.example.org/
  language: fr
  timezone: Europe/Paris
  author: {{name: La rédaction}}
  id: "tag:revue.example.org,2026:"
topics:
  - {{slug: amerique-latine, title: Amérique latine}}
  - {{slug: bielorussie, title: Biélorussie}}
sources: [{sources}]
fetch: {{allow: [{allowed}]}}
"""


def site(folder, sources="articles/", allowed=""):
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "articles").mkdir(parents=True)
    (folder / "feedgen.yaml").write_text(SITE.format(sources=sources, allowed=allowed))
    return folder


def run(command, **options):
    """The cpu seconds, wall seconds and MiB at most of a program."""
    begun = time.monotonic()
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, **options)
        _, status, usage = os.wait4(process.pid, 0)
        if status:
            output.seek(0)
            sys.exit(f"{command} ends with {status}: {output.read().decode()}")
    return usage.ru_utime + usage.ru_stime, time.monotonic() - begun, usage.ru_maxrss / 1024


def compare(name, floor, feedgen, size):
    ratio = feedgen[0] / floor[0]
    for what, figures in [("C floor", floor), ("feedgen", feedgen)]:
        cpu, wall, memory = figures
        print(f"{name}, {what}: {cpu:.2f} s cpu, {wall:.2f} s, {size / cpu:.1f} MB/s, {memory:.0f} MiB")
    print(f"{name}: {ratio:.2f} x the C floor in cpu, {feedgen[1] / floor[1]:.2f} x in time")


def wxr(options, work):
    export = work / "export.xml"
    subprocess.run([sys.executable, FLOOR / "wxr.py", "--bytes", f"{options.megabytes}M", export], check=True)
    size = export.stat().st_size / 1e6
    floor = run([options.floor, "wxr", export, work / "floor.db"])
    folder = site(work / "site")
    feedgen = run([options.feedgen, "import", export, "--quiet"], cwd=folder)
    compare(f"WXR, {size:.0f} MB", floor, feedgen, size)
    again = run([options.feedgen, "import", export, "--quiet"], cwd=folder)
    print(f"the same once more, nothing new: {again[0]:.2f} s cpu, {again[2]:.0f} MiB")
    export.unlink()


def markdown(options, work):
    folder = site(work / "site")
    articles = folder / "articles"
    articles.rmdir()
    subprocess.run([sys.executable, FLOOR / "markdown.py", str(options.articles), articles], check=True)
    size = sum(file.stat().st_size for file in articles.rglob("*.md")) / 1e6
    floor = run([options.floor, "markdown", articles, work / "floor.db"])
    feedgen = run([options.feedgen, "import", "--quiet"], cwd=folder)
    compare(f"Markdown, {options.articles} files", floor, feedgen, size)


def polling(options, work):
    server = subprocess.Popen(
        [sys.executable, SERVER, "--hosts", "200", "--delay", "50"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )
    port = int(server.stdout.readline())
    hosts = [f"127.0.1.{number + 1}" for number in range(200)]
    feeds = ", ".join(
        f'{{feed: "http://{hosts[n % 200]}:{port}/{n}/feed.xml", every: 5m}}'
        for n in range(options.feeds)
    )
    folder = site(work / "site", feeds, ", ".join(f'"{host}:{port}"' for host in hosts))
    first = run([options.feedgen, "import", "--quiet"], cwd=folder)
    again = run([options.feedgen, "import", "--quiet"], cwd=folder)
    server.stdin.close()
    counts = json.loads(server.stdout.read())
    floor = options.feeds / 16 * 0.05
    print(f"{options.feeds} feeds read for the first time: {first[1]:.2f} s, {first[0]:.2f} s cpu")
    print(
        f"{options.feeds} feeds, nothing new: {again[1]:.2f} s ({again[1] / floor:.2f} x what latency "
        f"takes), {again[0]:.2f} s cpu, {again[0] / options.feeds * 1000:.2f} ms each"
    )
    print(f"the server counted: {counts}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("feedgen")
    parser.add_argument("floor")
    parser.add_argument("--megabytes", type=int, default=100)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--feeds", type=int, default=1000)
    options = parser.parse_args()
    options.feedgen, options.floor = map(os.path.abspath, [options.feedgen, options.floor])
    resource.setrlimit(resource.RLIMIT_NOFILE, (4096, 4096))
    with tempfile.TemporaryDirectory(prefix="importing-") as work:
        for part in [wxr, markdown, polling]:
            part(options, pathlib.Path(work))


main()
