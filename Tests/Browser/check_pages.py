#!/usr/bin/env python3
"""Looks at every page of a published folder as a browser shows it.

usage: check_pages.py [--shots FOLDER] [--axe FILE] FOLDER...

Each page is served from 127.0.0.1 under the strictest policy that lets it show, and opened in
Chromium at 320, 390 and 1280 px, light and dark. Reported is: HTML that html5lib's
strict parser refuses, links and references that lead nowhere within the folder, what axe-core
finds, anything wider than the window, any request but for the page, its stylesheet and pictures of
its content, anything the policy refuses, and a page that looks the same in both themes.

Needs chromium, html5lib and axe-core-python (its axe.min.js, or the one that --axe names).
"""

import argparse
import base64
import collections
import functools
import http.server
import importlib.util
import json
import pathlib
import re
import sys
import threading
import urllib.parse

import html5lib

from chromium import Chromium, program, report

POLICY = "default-src 'none'; style-src 'self'; img-src * data:; media-src *"
WIDTHS = (320, 390, 1280)
THEMES = ("light", "dark")

WIDER = """(() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return "";
  const wide = [...document.querySelectorAll("body *")]
    .filter(e => e.getBoundingClientRect().right > width + 1 && !e.parentElement.closest(".scroll"));
  return wide.map(e => e.tagName + "." + e.className).slice(-3).join(" ") || "the page";
})()"""

AXE = """(async () => {
  const rules = {};
  if (axe.getRules().some(rule => rule.ruleId === "target-size"))
    rules["target-size"] = {enabled: true};
  const found = await axe.run(document, {rules, resultTypes: ["violations"]});
  return found.violations.map(v => v.id + ": " + v.help + ": "
    + v.nodes.slice(0, 3).map(n => n.html.slice(0, 160)).join(" and "));
})()"""


class Pages(http.server.SimpleHTTPRequestHandler):
    """The folder, as a careful web server gives it out."""

    extensions_map = dict(
        http.server.SimpleHTTPRequestHandler.extensions_map,
        **{".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8"})

    def end_headers(self):
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *_):
        pass


def serve(folder):
    handler = functools.partial(Pages, directory=folder)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def markup_problems(path, folder):
    """What is wrong with a page's HTML as it is written."""
    text = path.read_text(encoding="utf-8")
    try:
        html5lib.HTMLParser(strict=True).parse(text)
    except Exception as error:
        yield f"html5lib: {error}"
    document = html5lib.parse(text, namespaceHTMLElements=False)
    elements = [e for e in document.iter() if isinstance(e.tag, str)]
    if not document.get("lang"):
        yield "the document has no language"
    levels = [int(e.tag[1]) for e in elements if re.fullmatch("h[1-6]", e.tag)]
    if levels.count(1) != 1 or levels[0] != 1:
        yield f"it must have one h1, before all other headings: {levels}"
    if any(after > before + 1 for before, after in zip(levels, levels[1:])):
        yield f"a level of headings is left out: {levels}"
    ids = [e.get("id") for e in elements if e.get("id")]
    if len(ids) != len(set(ids)):
        yield "an id is there twice"
    for element in elements:
        yield from element_problems(element, set(ids), path, folder)


def element_problems(element, ids, path, folder):
    if element.tag in ("script", "style", "iframe", "object", "embed", "base"):
        yield f"there is a {element.tag}"
    for name, value in element.attrib.items():
        if name == "style" or name.startswith("on"):
            yield f"{element.tag} has {name}={value!r}"
        if name in ("aria-labelledby", "aria-describedby"):
            yield from (f"{name} names {i}, which is not there" for i in set(value.split()) - ids)
        if name == "href":
            yield from link_problems(value, ids, path, folder)


def link_problems(href, ids, path, folder):
    link = urllib.parse.urlsplit(href)
    if link.scheme or link.netloc:
        return
    if not link.path:
        if link.fragment and link.fragment not in ids:
            yield f"there is nothing at {href}"
        return
    target = path.parent / urllib.parse.unquote(link.path)
    target = target / "index.html" if link.path.endswith("/") else target
    if not target.resolve().is_relative_to(folder.resolve()):
        yield f"the link {href} leaves the folder"
    elif not target.is_file():
        yield f"the link {href} leads to no file"
    elif link.fragment and f'id="{link.fragment}"' not in target.read_text(encoding="utf-8"):
        yield f"there is nothing at {href}"


class Look:
    """Looks at pages in a browser."""

    def __init__(self, browser, axe, shots):
        self.browser, self.axe, self.shots = browser, axe, shots

    def problems(self, url, name):
        backgrounds = set()
        for theme in THEMES:
            self.browser.show(WIDTHS[-1], theme)
            yield from self.request_problems(self.browser.open(url), url)
            self.browser.evaluate(self.axe + ";0")
            for width in WIDTHS:
                yield from self.problems_at(width, theme, name)
            backgrounds.add(
                self.browser.evaluate("getComputedStyle(document.body).backgroundColor"))
        if len(backgrounds) != len(THEMES):
            yield f"light and dark have the same background, {backgrounds}"
        yield from self.keyboard_problems()
        self.print(name)

    def problems_at(self, width, theme, name):
        self.browser.show(width, theme)
        place = f"{width} px {theme}"
        wide = self.browser.evaluate(WIDER)
        if wide:
            yield f"{place}: wider than the window: {wide}"
        if width == WIDTHS[0]:
            return
        for violation in self.browser.evaluate(AXE):
            yield f"{place}: axe: {violation}"
        self.keep(f"{name}-{width}-{theme}")

    def request_problems(self, events, url):
        for event in events:
            if event["method"] == "Network.requestWillBeSent":
                request = event["params"]["request"]["url"]
                allowed = request == url or event["params"].get("type") == "Image"
                if not allowed and not request.endswith("/site.css"):
                    yield f"asks for {request}"
            if event["method"] == "Log.entryAdded":
                text = event["params"]["entry"]["text"]
                if "Content Security Policy" in text:
                    yield text

    def keyboard_problems(self):
        """The first step of the keyboard leads to the link past the navigation, and shows it."""
        self.browser.press("Tab")
        shown = self.browser.evaluate(
            "document.activeElement.matches('.skip') && new Promise(done => setTimeout(() =>"
            " done(document.activeElement.getBoundingClientRect().top >= 0), 200))")
        if not shown:
            yield "the first Tab does not show the link to the content"

    def print(self, name):
        if self.shots:
            self.browser.show(720, "light", media="print")
            self.keep(f"{name}-print")

    def keep(self, name):
        if self.shots:
            image = base64.b64decode(self.browser.screenshot())
            (self.shots / f"{name}.png").write_bytes(image)


def axe_source(path):
    if not path:
        package = importlib.util.find_spec("axe_core_python")
        path = pathlib.Path(package.submodule_search_locations[0]) / "axe.min.js"
    return pathlib.Path(path).read_text(encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--shots", type=pathlib.Path, help="where to keep pictures of the pages")
    parser.add_argument("--axe", help="another axe.min.js than the one of axe-core-python")
    parser.add_argument("folders", nargs="+", type=pathlib.Path)
    options = parser.parse_args()
    if not program():
        print("skipped: there is no chromium to look at pages with")
        return 0
    if options.shots:
        options.shots.mkdir(parents=True, exist_ok=True)
    found = collections.Counter()
    with Chromium() as browser:
        look = Look(browser, axe_source(options.axe), options.shots)
        for folder in options.folders:
            check(folder, look, found)
    print(f"{found['pages']} pages, {found['problems']} problems")
    return 1 if found["problems"] or not found["pages"] else 0


def check(folder, look, found):
    server = serve(folder)
    for path in sorted(folder.rglob("*.html")):
        relative = path.relative_to(folder).as_posix()
        url = f"http://127.0.0.1:{server.server_port}/{urllib.parse.quote(relative)}"
        name = relative.removesuffix(".html").replace("/", "-")
        problems = [*markup_problems(path, folder), *look.problems(url, name)]
        found["pages"] += 1
        found["problems"] += len(problems)
        for problem in problems:
            print(f"{path}: {problem}", flush=True)
    server.shutdown()


if __name__ == "__main__":
    report("check_pages", main)
