"""Stands between a mail client and a server, and hides the fate of some messages.

reply_dropper.py PORT [--drop-reply N…] [--swallow N…]

Connections to the port that it writes to standard output are passed on to PORT of 127.0.0.1.
Messages are counted from 1, over all connections. Of a message of --drop-reply, the server gets
all and the client no reply to the final dot; of one of --swallow, the server gets nothing behind
DATA, and the client sees the same. It ends when its standard input does.
"""

import argparse
import os
import socket
import sys
import threading

options = argparse.ArgumentParser()
options.add_argument("port", type=int)
options.add_argument("--drop-reply", type=int, nargs="*", default=[])
options.add_argument("--swallow", type=int, nargs="*", default=[])
options = options.parse_args()

lock = threading.Lock()
messages = 0


def next_message():
    global messages
    with lock:
        messages += 1
        return messages


class Connection:
    """The client's commands and the server's replies, one after the other."""

    def __init__(self, client):
        self.client = client
        self.server = socket.create_connection(("127.0.0.1", options.port))
        self.commands = client.makefile("rb")
        self.replies = self.server.makefile("rb")

    def run(self):
        try:
            self.pass_reply()
            while line := self.commands.readline():
                self.server.sendall(line)
                code = self.pass_reply()
                if line.strip().upper() == b"DATA" and code == b"354" and not self.pass_message():
                    return
        except OSError:
            pass
        finally:
            self.client.close()
            self.server.close()

    def pass_reply(self):
        """Passes a reply of any number of lines on, and gives its code."""
        while line := self.replies.readline():
            self.client.sendall(line)
            if line[3:4] != b"-":
                return line[:3]
        raise OSError("the server has gone")

    def pass_message(self):
        """Passes a message on, unless it is one whose fate is hidden."""
        number = next_message()
        content = self.read_message()
        if number in options.swallow:
            return False
        self.server.sendall(content)
        if number in options.drop_reply:
            self.replies.readline()
            return False
        self.pass_reply()
        return True

    def read_message(self):
        content = b""
        while line := self.commands.readline():
            content += line
            if line == b".\r\n":
                return content
        raise OSError("the client has gone")


def serve(listener):
    while True:
        client, _ = listener.accept()
        threading.Thread(target=Connection(client).run, daemon=True).start()


listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
threading.Thread(target=serve, args=(listener,), daemon=True).start()
sys.stdin.read()
os._exit(0)
