"""A web server for tests that answers as no server should, and counts what it is asked.

It listens on the first HOSTS addresses from 127.0.0.1 on, at one port; beside it listens a canary,
at a port of its own of 127.0.0.1 and, if there is one, ::1, that only counts who connects. The first line on standard
output is {"port": …, "canary": …}; when standard input ends, a second line tells what happened.

What it answers is in the path:
  /answer?status=…&body=…&delay=…&Name=value   that, with these header fields
  /versioned                                   "one" with validators, 304 to who sends them
  /loop, /chain/N                              redirects in a circle, and N of them
  /packed/gzip,gzip/SIZE                       SIZE zeros, packed so
  /hollow                                      without end, and nothing when unpacked
  /endless, /drip, /silent, /cut, /short, /excess, /old, /fields, /line, /early
"""

import argparse
import asyncio
import gzip
import json
import os
import socket
import sys
import urllib.parse
import zlib

options = argparse.ArgumentParser(description=__doc__)
options.add_argument("--hosts", type=int, default=1)
options = options.parse_args()

told = {"requests": [], "connections": 0, "canaries": 0, "most": 0, "mostOfHost": 0}
busy = {}


def head(status=200, length=None, **fields):
    lines = [f"HTTP/1.1 {status} Words"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in fields.items()]
    if length is not None:
        lines.append(f"Content-Length: {length}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def chunk(data):
    return b"%x\r\n%b\r\n" % (len(data), data)


def answer(query):
    fields = dict(urllib.parse.parse_qsl(query, keep_blank_values=True, encoding="latin-1"))
    status = fields.pop("status", "200")
    body = fields.pop("body", "").encode("latin-1")
    lines = [f"HTTP/1.1 {status} Words"] + [f"{name}: {value}" for name, value in fields.items()]
    if status != "304":
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def versioned(query, fields):
    known = {"ETag": 'W/"v:1"', "Last-Modified": "Sun, 22 Nov 2026 07:00:00 GMT"}
    if fields.get("if-none-match") == known["ETag"]:
        return head(304, ETag=known["ETag"])
    if fields.get("if-modified-since") == known["Last-Modified"]:
        return head(304)
    body = urllib.parse.parse_qs(query).get("body", ["one"])[0].encode()
    return head(200, len(body), **known) + body


def packed(codings, size):
    data = b"\0" * size
    for coding in codings.split(","):
        data = gzip.compress(data) if coding == "gzip" else zlib.compress(data)
    return head(200, len(data), Content_Encoding=codings) + data


async def endless(writer, beginning, piece, pause=0.0):
    writer.write(beginning)
    while True:
        writer.write(piece)
        await writer.drain()
        await asyncio.sleep(pause)


async def reply(path, fields, writer):
    """Answers a request; says whether the connection may be used again."""
    path, _, query = path.partition("?")
    what, *more = path[1:].split("/")
    chunked = head(Transfer_Encoding="chunked")
    match what:
        case "answer":
            delay = urllib.parse.parse_qs(query).get("delay", ["0"])[0]
            await asyncio.sleep(float(delay))
            writer.write(answer(query))
            return True
        case "loop":
            target = "/loop" if more else "/loop/back"
            writer.write(head(302, 0, Location=target))
            return True
        case "chain":
            last = more[0] == "0"
            writer.write(
                head(200, 3) + b"end" if last else head(302, 0, Location=str(int(more[0]) - 1))
            )
            return True
        case "versioned":
            writer.write(versioned(query, fields))
            return True
        case "packed":
            writer.write(packed(more[0], int(more[1])))
            return True
        case "hollow":
            # Empty stored blocks of deflate, behind the header of gzip.
            blocks = b"\0\0\0\xff\xff" * 10_000
            start = head(Content_Encoding="gzip") + gzip.compress(b"")[:10]
            await endless(writer, start, blocks)
        case "endless":
            await endless(writer, chunked, chunk(b"x" * 65_536))
        case "drip":
            await endless(writer, chunked, chunk(b"x"), 0.1)
        case "fields":
            await endless(writer, b"HTTP/1.1 200 OK\r\n", b"X-More: and more\r\n" * 10, 0.001)
        case "line":
            await endless(writer, b"HTTP/1.1 200 OK\r\nX-More: ", b"x" * 1000, 0.001)
        case "early":
            await endless(writer, b"", b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", 0.001)
        case "silent":
            await asyncio.sleep(60)
        case "short":
            writer.write(head(200, 1000) + b"only this")
        case "cut":
            writer.write(chunked + chunk(b"only this"))
        case "excess":
            writer.write(head(200, 4) + b"this" + head(200, 5) + b"wrong")
            return True
        case "old":
            writer.write(b"what HTTP/0.9 was\n")
    return False


async def serve(reader, writer):
    told["connections"] += 1
    host, peer = writer.get_extra_info("sockname")[0], writer.get_extra_info("peername")
    again = True
    try:
        while again:
            lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            pairs = [line.partition(": ") for line in lines[1:] if line]
            fields = {name.lower(): value for name, _, value in pairs}
            method, path, _ = lines[0].split(" ")
            request = {"method": method, "path": path, "fields": fields, "connection": peer[1]}
            told["requests"].append(request)
            busy[host] = busy.get(host, 0) + 1
            told["most"] = max(told["most"], sum(busy.values()))
            told["mostOfHost"] = max(told["mostOfHost"], busy[host])
            try:
                again = await reply(path, fields, writer)
            finally:
                busy[host] -= 1
            await writer.drain()
    except (ConnectionError, asyncio.IncompleteReadError):
        pass  # Clients that hang up are the point of a test.
    finally:
        writer.close()


async def count(reader, writer):
    told["canaries"] += 1
    writer.write(head(200, 6) + b"canary")
    writer.close()


def listen(addresses):
    """Sockets at one port of all these addresses."""
    while True:
        sockets = []
        try:
            for address in addresses:
                family = socket.AF_INET6 if ":" in address else socket.AF_INET
                one = socket.socket(family)
                sockets.append(one)
                one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                one.bind((address, sockets[0].getsockname()[1] if sockets[1:] else 0))
            return sockets
        except OSError:
            for one in sockets:
                one.close()


def has_ipv6():
    try:
        with socket.socket(socket.AF_INET6) as one:
            one.bind(("::1", 0))
        return True
    except OSError:
        return False


async def main():
    sockets = listen([f"127.0.0.{number + 1}" for number in range(options.hosts)])
    canaries = listen(["127.0.0.1", "::1"] if has_ipv6() else ["127.0.0.1"])
    for one in sockets:
        await asyncio.start_server(serve, sock=one, backlog=200)
    for one in canaries:
        await asyncio.start_server(count, sock=one)
    ports = {"port": sockets[0].getsockname()[1], "canary": canaries[0].getsockname()[1]}
    print(json.dumps(ports), flush=True)
    await asyncio.to_thread(sys.stdin.buffer.read)
    print(json.dumps(told), flush=True)
    os._exit(0)


asyncio.run(main())
