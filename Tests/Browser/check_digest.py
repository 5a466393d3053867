#!/usr/bin/env python3
"""Looks at the HTML part of messages as mail programs would show it.

usage: check_digest.py [--shots FOLDER] [--axe FILE] MESSAGE.eml...

Each is opened in Chromium at 320, 390 and 1280 px, light and dark: as it is, without its style
block, which some programs drop, and without pictures, which most do not fetch at first. Reported
is what axe-core finds (contrast, headings, alternative texts, names of links), anything wider than
the window, any request but for pictures, and a message that looks the same in both themes.

Needs chromium and axe-core-python (its axe.min.js, or the one that --axe names).
"""

import argparse
import base64
import email
import email.policy
import http.server
import pathlib
import re
import struct
import sys
import threading
import zlib

from check_pages import THEMES, WIDER, WIDTHS, axe_source
from chromium import Chromium, program, report

# A message stands in a mail program's page, whose landmarks it must not repeat.
AXE = """(async () => {
  const rules = {region: {enabled: false}, "landmark-one-main": {enabled: false}};
  const found = await axe.run(document, {rules, resultTypes: ["violations"]});
  return found.violations.map(v => v.id + ": " + v.help + ": "
    + v.nodes.slice(0, 3).map(n => n.html.slice(0, 160)).join(" and "));
})()"""


def picture(width, height):
    """A PNG of one colour."""
    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))
    rows = (b"\0" + b"\x7a\x9e\xa1" * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header)
            + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


class Messages(http.server.BaseHTTPRequestHandler):
    """The forms of a message by their names."""

    def do_GET(self):
        html = self.server.forms.get(self.path.strip("/"))
        self.send_response(200 if html else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write((html or "").encode())

    def log_message(self, *_):
        pass


def forms(html):
    """The message as different programs show it."""
    image = "data:image/png;base64," + base64.b64encode(picture(560, 280)).decode()
    shown = re.sub(r'src="https://[^"]*"', f'src="{image}"', html)
    return {
        "whole": shown,
        "nostyle": re.sub(r"<style>.*?</style>", "", shown, flags=re.DOTALL),
        "noimages": html,
    }


def problems(browser, server, html, axe, keep):
    server.forms = forms(html)
    for form in server.forms:
        url = f"http://127.0.0.1:{server.server_port}/{form}"
        backgrounds = set()
        for theme in THEMES:
            browser.show(WIDTHS[-1], theme)
            yield from requests(browser.open(url), url, form)
            browser.evaluate(axe + ";0")
            for width in WIDTHS:
                browser.show(width, theme)
                place = f"{form}, {width} px {theme}"
                wide = browser.evaluate(WIDER)
                if wide:
                    yield f"{place}: wider than the window: {wide}"
                for violation in browser.evaluate(AXE):
                    yield f"{place}: axe: {violation}"
                keep(f"{form}-{width}-{theme}")
            backgrounds.add(
                browser.evaluate("getComputedStyle(document.body).backgroundColor"))
        if form != "nostyle" and len(backgrounds) != len(THEMES):
            yield f"{form}: light and dark have the same background, {backgrounds}"


def requests(events, url, form):
    for event in events:
        if event["method"] != "Network.requestWillBeSent":
            continue
        request = event["params"]["request"]["url"]
        is_picture = event["params"].get("type") == "Image"
        if request != url and not is_picture and not request.endswith("/favicon.ico"):
            yield f"{form}: asks for {request}"


def html_part(path):
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    return message.get_body(("html",)).get_content()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--shots", type=pathlib.Path, help="where to keep pictures")
    parser.add_argument("--axe", help="another axe.min.js than the one of axe-core-python")
    parser.add_argument("messages", nargs="+", type=pathlib.Path)
    options = parser.parse_args()
    if not program():
        print("skipped: there is no chromium to look at messages with")
        return 0
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Messages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    count = 0
    with Chromium() as browser:
        axe = axe_source(options.axe)
        for path in options.messages:
            def keep(name):
                if options.shots:
                    options.shots.mkdir(parents=True, exist_ok=True)
                    image = base64.b64decode(browser.screenshot())
                    (options.shots / f"{path.stem}-{name}.png").write_bytes(image)
            for problem in problems(browser, server, html_part(path), axe, keep):
                count += 1
                print(f"{path.name}: {problem}", flush=True)
    server.shutdown()
    print(f"{len(options.messages)} messages, {count} problems")
    return 1 if count else 0


if __name__ == "__main__":
    report("check_digest", main)
