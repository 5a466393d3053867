"""A mail server for tests, on 127.0.0.1 and a port of the system's choice.

The first line on standard output is the port. Then every finished connection, command of interest
and message is one line of JSON. The server ends when its standard input does.
"""

import argparse
import asyncio
import base64
import json
import logging
import os
import queue
import ssl
import sys
import threading
import time
import warnings

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

# aiosmtpd warns of settings that are the point of a test.
logging.disable(logging.WARNING)
warnings.simplefilter("ignore")

options = argparse.ArgumentParser(description=__doc__)
options.add_argument("--certificate", help="PEM file with key and certificate: offers STARTTLS")
options.add_argument("--implicit-tls", action="store_true", help="TLS from the first byte")
options.add_argument("--login", metavar="USER:PASSWORD", help="wants this login")
options.add_argument("--offer-login-in-clear", action="store_true")
options.add_argument("--refuse", action="append", default=[], metavar="ADDRESS=REPLY")
options.add_argument("--size", type=int, default=0, help="the longest message; 0: no limit")
options.add_argument("--folder", help="where messages are put that are too long for a pipe")
options.add_argument("--no-utf8", action="store_true", help="does not offer SMTPUTF8")
options.add_argument("--messages-per-connection", type=int, default=0)
options.add_argument("--ending", default="421 4.7.0 enough", help="said then; close: nothing")
options = options.parse_args()
refusals = dict(item.split("=", 1) for item in options.refuse)


facts = queue.SimpleQueue()


def say(**fact):
    # Never waits for who reads: a test may well read later than it wants the reply.
    facts.put(json.dumps(fact))


def write_facts():
    while (line := facts.get()) is not None:
        print(line, flush=True)
    os._exit(0)


def stored(content):
    if not options.folder:
        return {"content": base64.b64encode(content).decode()}
    path = os.path.join(options.folder, f"message-{len(os.listdir(options.folder))}")
    with open(path, "wb") as file:
        file.write(content)
    return {"file": path}


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if address in refusals:
            return refusals[address]
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server, session, envelope: Envelope):
        server.message_count += 1
        say(
            kind="message",
            sender=envelope.mail_from,
            options=envelope.mail_options,
            recipients=envelope.rcpt_tos,
            **stored(envelope.original_content),
            tls=session.ssl is not None or options.implicit_tls,
            user=session.auth_data if session.authenticated else None,
        )
        return "250 2.0.0 OK: queued as TEST1"


def authenticate(server, session: Session, envelope, mechanism, data):
    name, password = data.login.decode(), data.password.decode()
    matches = f"{name}:{password}" == options.login
    return AuthResult(success=matches, handled=False, auth_data=name)


class Server(SMTP):
    def connection_made(self, transport):
        super().connection_made(transport)
        self.message_count = 0
        say(kind="connection")

    async def smtp_MAIL(self, arg):
        most = options.messages_per_connection
        if not most or self.message_count < most:
            return await super().smtp_MAIL(arg)
        if options.ending != "close":
            await self.push(options.ending)
        self.transport.close()

    async def smtp_QUIT(self, arg):
        say(kind="quit")
        await super().smtp_QUIT(arg)

    async def smtp_RSET(self, arg):
        say(kind="reset")
        await super().smtp_RSET(arg)

    async def smtp_AUTH(self, arg):
        say(kind="auth", tls=self.session.ssl is not None or options.implicit_tls)
        await super().smtp_AUTH(arg)


async def main():
    context = None
    if options.certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(options.certificate)

    def make():
        return Server(
            Handler(),
            hostname="test.example",
            data_size_limit=options.size or None,
            enable_SMTPUTF8=not options.no_utf8,
            tls_context=None if options.implicit_tls else context,
            authenticator=authenticate if options.login else None,
            auth_required=bool(options.login),
            auth_require_tls=not (options.offer_login_in_clear or options.implicit_tls),
        )

    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        make, "127.0.0.1", 0, ssl=context if options.implicit_tls else None
    )
    facts.put(str(server.sockets[0].getsockname()[1]))
    await server.serve_forever()


def end_with_input():
    sys.stdin.buffer.read()
    # What the client has sent already is still to be heard.
    time.sleep(0.2)
    facts.put(None)


threading.Thread(target=end_with_input, daemon=True).start()
threading.Thread(target=write_facts, daemon=True).start()
asyncio.run(main())
