#!/usr/bin/env python3
"""Holds many connections to a server open with a byte now and then, and measures what others get.

usage: slow_clients.py PORT [CONNECTIONS [MILLISECONDS]]

Half of the connections drip a header, half a body. Says how long other requests took meanwhile, and
ends with 1 where one of a hundred took longer than that (100 ms), or where a slow connection is
still open after 25 seconds.
"""

import select
import socket
import sys
import time

PORT, COUNT = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 500
LIMIT = int(sys.argv[3]) if len(sys.argv) > 3 else 100
HEADER = b"GET /subscribe HTTP/1.1\r\nHost: x\r\nX-Slow: "
BODY = (b"POST /subscribe HTTP/1.1\r\nHost: x\r\nContent-Length: 9999\r\n"
        b"Content-Type: application/x-www-form-urlencoded\r\n\r\nemail=")


def connect(first):
    connection = socket.create_connection(("127.0.0.1", PORT))
    connection.sendall(first)
    connection.setblocking(False)
    return connection


def drip(connection):
    """Sends a byte; whether the connection is still open."""
    try:
        connection.send(b"a")
        readable, _, _ = select.select([connection], [], [], 0)
        return not readable or connection.recv(65536) != b""
    except BlockingIOError:
        return True
    except OSError:
        return False


def ask():
    """The milliseconds that a request of somebody else takes."""
    start = time.monotonic()
    with socket.create_connection(("127.0.0.1", PORT), timeout=30) as connection:
        connection.sendall(b"GET /feeds/atom.xml HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        answer = b""
        while piece := connection.recv(65536):
            answer += piece
    assert answer.startswith(b"HTTP/1.1 200 "), answer[:80]
    return (time.monotonic() - start) * 1000


def main():
    slow = [connect(HEADER if number % 2 else BODY) for number in range(COUNT)]
    begun, times = time.monotonic(), []
    while slow and time.monotonic() - begun < 25:
        slow = [connection for connection in slow if drip(connection)]
        if len(times) < 300:
            times += [ask() for _ in range(30)]
        time.sleep(0.5)
    times.sort()
    late = times[int(len(times) * 0.99) - 1]
    print(f"{len(times)} requests, p50 {times[len(times) // 2]:.1f} ms, p99 {late:.1f} ms; "
          f"{len(slow)} of {COUNT} slow connections are open after "
          f"{time.monotonic() - begun:.0f} s")
    return 1 if slow or late > LIMIT else 0


sys.exit(main())
