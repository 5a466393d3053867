#!/usr/bin/env python3
"""Does in a browser what a reader would do, and prints the words of the page where that leads.

usage: follow.py STEPS

STEPS is a JSON list: ["open", URL], ["wait", SECONDS], ["fill", SELECTOR, TEXT] and
["click", SELECTOR]. A click on a button waits for the page that it leads to. The status is 1 where
the browser says that a page's policy was broken, which is printed behind the words.

Needs chromium.
"""

import json
import sys
import time

from chromium import Chromium, Failure, program, report


def center(browser, selector):
    """Where an element is, once it can be seen."""
    place = browser.evaluate(f"""(() => {{
      const element = document.querySelector({json.dumps(selector)});
      if (!element) return null;
      element.scrollIntoView({{block: "center"}});
      const box = element.getBoundingClientRect();
      return {{x: box.x + box.width / 2, y: box.y + box.height / 2,
               leads: element.matches("button, a")}};
    }})()""")
    if not place:
        raise Failure(f"there is no {selector}")
    return place


def click(browser, selector):
    place = center(browser, selector)
    browser.events.clear()
    for kind in ("mousePressed", "mouseReleased"):
        browser.call("Input.dispatchMouseEvent", type=kind, x=place["x"], y=place["y"],
                     button="left", clickCount=1)
    while place["leads"] and not loaded(browser):
        browser.events.append(browser.receive())


def loaded(browser):
    return any(event["method"] == "Page.loadEventFired" for event in browser.events)


def fill(browser, selector, text):
    center(browser, selector)
    browser.evaluate(f"document.querySelector({json.dumps(selector)}).focus()")
    browser.call("Input.insertText", text=text)


def broken_policies(events):
    for event in events:
        if event["method"] == "Log.entryAdded":
            text = event["params"]["entry"]["text"]
            if "Content Security Policy" in text:
                yield text


def main():
    if not program():
        return "there is no Chromium"
    problems = []
    with Chromium() as browser:
        browser.show(1280, "light")
        for name, *values in json.loads(sys.argv[1]):
            if name == "open":
                browser.open(*values)
            elif name == "wait":
                time.sleep(*values)
            else:
                {"click": click, "fill": fill}[name](browser, *values)
            problems += broken_policies(browser.events)
        print(browser.evaluate("document.body.innerText"))
    print("\n".join(problems))
    return 1 if problems else 0


report("follow.py", main)
