"""Sends messages as Python does: senders.py smtplib|aiosmtplib PORT CONNECTIONS MESSAGES"""

import asyncio
import smtplib
import sys

line = "Une ligne de texte comme il y en a tant dans un message, ni plus ni moins.\r\n"
message = ("Message-ID: <1@example.org>\r\nSubject: test\r\n\r\n" + 395 * line).encode()
port, connections, count = map(int, sys.argv[2:])


def send_plainly():
    with smtplib.SMTP("127.0.0.1", port) as client:
        for number in range(count):
            client.sendmail("lettre@example.org", [f"l{number}@example.org"], message)


async def send_together():
    import aiosmtplib

    numbers = iter(range(count))

    async def send():
        async with aiosmtplib.SMTP(hostname="127.0.0.1", port=port, start_tls=False) as client:
            for number in numbers:
                await client.sendmail("lettre@example.org", [f"l{number}@example.org"], message)

    await asyncio.gather(*(send() for _ in range(connections)))


if sys.argv[1] == "smtplib":
    send_plainly()
else:
    asyncio.run(send_together())
