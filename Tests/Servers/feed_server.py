#!/usr/bin/env python3
"""Serves many feeds on many loopback hosts: http://127.0.1.H:PORT/N/feed.xml for any H and N.

The first line on standard output is the port, the same for all hosts. The server ends when its
standard input does, and then says in one line of JSON what it was asked: requests, those answered
with 304, connections, and the greatest number of requests under way at once, in all and on one
host.

A feed never changes: what sends its ETag or its Last-Modified back gets a 304.
"""

import argparse
import asyncio
import collections
import json
import resource
import sys

DATE = "Mon, 16 Nov 2026 08:00:00 GMT"
NAMES = {200: "OK", 304: "Not Modified", 400: "Bad Request", 404: "Not Found"}
ITEM = """<item><title>Article {item} du flux {feed}</title>
<link>https://flux-{feed}.example.org/{item}</link>
<guid isPermaLink="false">flux-{feed}-{item}</guid>
<pubDate>Mon, 16 Nov 2026 0{item}:00:00 +0000</pubDate>
<description>Une phrase sur la frontière, la {item}ᵉ du flux {feed}.</description></item>
"""


def feed(number):
    items = "".join(ITEM.format(feed=number, item=item) for item in range(8, 0, -1))
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>Flux {number}</title>
<link>https://flux-{number}.example.org/</link><description>Essai</description>
{items}</channel></rss>
""".encode()


class Counts:
    def __init__(self):
        self.requests = self.unchanged = self.connections = 0
        self.most = self.most_on_one_host = self.under_way = 0
        self.on_host = collections.Counter()

    def begin(self, host):
        self.requests += 1
        self.under_way += 1
        self.on_host[host] += 1
        self.most = max(self.most, self.under_way)
        self.most_on_one_host = max(self.most_on_one_host, self.on_host[host])

    def end(self, host):
        self.under_way -= 1
        self.on_host[host] -= 1

    def as_json(self):
        return json.dumps({
            "requests": self.requests, "unchanged": self.unchanged,
            "connections": self.connections, "most_at_once": self.most,
            "most_at_once_on_one_host": self.most_on_one_host})


def parsed(head):
    """The request's path and its header fields, by their names in small letters."""
    first, *lines = head.decode("latin-1").split("\r\n")
    fields = (line.partition(":") for line in lines)
    return first.split(" ")[1], {name.lower(): value.strip() for name, _, value in fields}


def answer(path, fields):
    """Status, header fields and body."""
    number, _, name = path.lstrip("/").partition("/")
    if not number.isdecimal() or name != "feed.xml":
        return 404, {}, b""
    tag = f'"{number}-1"'
    validators = {"ETag": tag, "Last-Modified": DATE}
    known = fields.get("if-none-match")
    is_known = tag in known if known else fields.get("if-modified-since") == DATE
    if is_known:
        return 304, validators, b""
    return 200, validators | {"Content-Type": "application/rss+xml; charset=utf-8"}, feed(number)


class Connection(asyncio.Protocol):
    """One request after the other, so that replies come in the order of the requests."""

    def __init__(self, counts, delay):
        self.counts, self.delay = counts, delay
        self.waiting, self.is_busy = b"", False

    def connection_made(self, transport):
        self.transport = transport
        self.host = transport.get_extra_info("sockname")[0]
        self.counts.connections += 1

    def data_received(self, data):
        self.waiting += data
        self.go_on()

    def go_on(self):
        if self.is_busy or b"\r\n\r\n" not in self.waiting:
            return
        head, self.waiting = self.waiting.split(b"\r\n\r\n", 1)
        self.is_busy = True
        self.counts.begin(self.host)
        if self.delay:
            asyncio.get_running_loop().call_later(self.delay, self.reply, head)
        else:
            self.reply(head)

    def reply(self, head):
        self.is_busy = False
        self.counts.end(self.host)
        try:
            path, fields = parsed(head)
            status, more, body = answer(path, fields)
        except (IndexError, ValueError):
            status, more, body, fields = 400, {}, b"", {"connection": "close"}
        self.counts.unchanged += status == 304
        lines = [f"HTTP/1.1 {status} {NAMES[status]}"]
        lines += [f"{name}: {value}" for name, value in more.items()]
        if status != 304:
            lines.append(f"Content-Length: {len(body)}")
        self.transport.write("\r\n".join([*lines, "", ""]).encode() + body)
        if fields.get("connection", "").lower() == "close":
            self.transport.close()
        self.go_on()


def hosts(count):
    return [f"127.0.{1 + number // 250}.{1 + number % 250}" for number in range(count)]


async def serve(options, counts):
    loop = asyncio.get_running_loop()
    port = options.port
    for host in hosts(options.hosts):
        server = await loop.create_server(
            lambda: Connection(counts, options.delay / 1000), host, port, backlog=1024)
        port = server.sockets[0].getsockname()[1]
    print(port, flush=True)
    await loop.run_in_executor(None, sys.stdin.buffer.read)


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--hosts", type=int, default=16, help="from 127.0.1.1 on; 16")
    options.add_argument("--delay", type=float, default=0, help="milliseconds before each reply")
    options.add_argument("--port", type=int, default=0)
    options = options.parse_args()
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    counts = Counts()
    asyncio.run(serve(options, counts))
    print(counts.as_json(), flush=True)


main()
