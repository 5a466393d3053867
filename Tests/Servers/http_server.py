"""A web server for tests, on 127.0.0.1: a WebSub hub that writes down what it is told.

The first line on standard output is the port. Then every request is one line of JSON. What it
answers is in the path: /status/500, /hang, /long, /redirect/… (to what follows); 202 for any other.
The server ends when its standard input does.
"""

import argparse
import http.server
import json
import os
import ssl
import sys
import threading
import time
import urllib.parse

options = argparse.ArgumentParser(description=__doc__)
options.add_argument("--certificate", help="PEM file with key and certificate: speaks TLS")
options.add_argument("--port", type=int, default=0)
options = options.parse_args()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.answer()

    def do_POST(self):
        self.answer()

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        fact = {
            "method": self.command,
            "path": self.path,
            "headers": {name.lower(): value for name, value in self.headers.items()},
            "form": urllib.parse.parse_qsl(body, keep_blank_values=True, strict_parsing=True)
            if body
            else [],
            "connection": self.client_address[1],
        }
        print(json.dumps(fact), flush=True)
        what, _, more = self.path[1:].partition("/")
        if what == "hang":
            time.sleep(60)
        elif what == "long":
            self.reply(200, b"x" * 10_000_000)
        elif what == "redirect":
            self.reply(301, b"", Location=urllib.parse.unquote(more))
        else:
            status = int(more) if what == "status" else 202
            self.reply(status, b"" if status == 204 else f"words for {status}\nmore".encode())

    def reply(self, status, body, **headers):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


class Server(http.server.ThreadingHTTPServer):
    def handle_error(self, request, address):
        pass  # Clients that hang up are the point of a test.


server = Server(("127.0.0.1", options.port), Handler)
if options.certificate:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(options.certificate)
    server.socket = context.wrap_socket(
        server.socket, server_side=True, do_handshake_on_connect=False
    )


def end_with_input():
    sys.stdin.buffer.read()
    os._exit(0)


threading.Thread(target=end_with_input, daemon=True).start()
print(server.server_address[1], flush=True)
server.serve_forever()
