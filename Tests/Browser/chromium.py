"""A headless Chromium, told what to do by its DevTools protocol over two pipes."""

import fcntl
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import traceback

FLAGS = [
    "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--mute-audio",
    "--no-first-run", "--no-default-browser-check", "--disable-background-networking",
    "--disable-component-update", "--disable-extensions", "--disable-sync",
    "--disable-dev-shm-usage",
    # Only this machine is there, whatever a page asks for.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


# A busy machine takes its time, and a browser that is stuck must not take all of it.
START_SECONDS = 120
ANSWER_SECONDS = 300
# What went wrong with a start says nothing about a page.
STARTS = 2

# Puts the pipes where the browser looks for them: it reads from file 3 and writes to file 4. Not
# done between fork and exec, where a thread of this program may leave a lock held for ever.
LAUNCHER = """
import os, sys
inside, outside = map(int, sys.argv[1:3])
os.dup2(inside, 3)
os.dup2(outside, 4)
os.close(inside)
os.close(outside)
os.execv(sys.argv[3], sys.argv[3:])
"""


class Failure(Exception):
    pass


def program():
    """The browser's path, or what FEEDGEN_BROWSER says; None where there is none."""
    named = os.environ.get("FEEDGEN_BROWSER")
    names = (named,) if named else ("chromium", "chromium-browser", "google-chrome")
    return next((path for path in map(shutil.which, names) if path), None)


def report(name, main):
    """Ends with the status of `main`; with 2, and the reason, where it could not do its work.

    The reason goes to standard output, with the problems: so no caller can lose it.
    """
    try:
        status = main()
    except Failure as failure:
        status = f"{name}: {failure}"
    except Exception:
        status = f"{name}: {traceback.format_exc()}"
    if isinstance(status, str):
        print(status, flush=True)
        status = 2
    sys.exit(status)


class Chromium:
    """One browser with one tab. Use it in a `with` statement."""

    def __enter__(self):
        for attempt in range(1, STARTS + 1):
            try:
                self.start()
                return self
            except Failure as failure:
                self.stop()
                if attempt == STARTS:
                    raise Failure(f"the browser does not start: {failure}") from failure

    def __exit__(self, *_):
        self.stop()

    def start(self):
        # Its children may still write there when it has ended.
        self.profile = tempfile.TemporaryDirectory(
            prefix="feedgen-browser-", ignore_cleanup_errors=True)
        self.errors = tempfile.TemporaryFile()
        inside, self.to_browser = pipe()
        self.from_browser, outside = pipe()
        self.process = subprocess.Popen(
            [sys.executable, "-S", "-c", LAUNCHER, str(inside), str(outside),
             program(), *FLAGS, f"--user-data-dir={self.profile.name}", "--remote-debugging-pipe"],
            env=dict(os.environ, HOME=self.profile.name), pass_fds=(inside, outside),
            start_new_session=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=self.errors,
        )
        os.close(inside)
        os.close(outside)
        self.number, self.buffer, self.events, self.session = 0, b"", [], None
        self.patience = START_SECONDS
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
        self.session = attached["sessionId"]
        for domain in ("Page", "Network", "Runtime", "Log"):
            self.call(f"{domain}.enable")
        self.patience = ANSWER_SECONDS

    def stop(self):
        try:
            os.killpg(self.process.pid, signal.SIGTERM)
            self.process.wait(timeout=20)
        except ProcessLookupError:
            self.process.wait()
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        os.close(self.to_browser)
        os.close(self.from_browser)
        self.errors.close()
        self.profile.cleanup()

    def failure(self, what):
        """What went wrong, with all that is known of it."""
        try:
            what += f", with status {self.process.wait(timeout=2)}"
        except subprocess.TimeoutExpired:
            pass
        self.errors.seek(0)
        said = self.errors.read().decode(errors="replace").strip()[-2000:]
        return Failure(f"{what}; its standard error: {said or 'nothing'}")

    def call(self, method, **parameters):
        """Has a command done, and gives its result."""
        self.number += 1
        command = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            command["sessionId"] = self.session
        message = json.dumps(command).encode() + b"\0"
        try:
            while message:
                message = message[os.write(self.to_browser, message):]
        except OSError as error:
            raise self.failure(f"{method}: the browser does not listen ({error})") from error
        while True:
            answer = self.receive()
            if answer.get("id") != self.number:
                self.events.append(answer)
            elif "error" in answer:
                raise Failure(f"{method}: {answer['error']['message']}")
            else:
                return answer["result"]

    def receive(self):
        while b"\0" not in self.buffer:
            if not select.select([self.from_browser], [], [], self.patience)[0]:
                raise self.failure(f"the browser has said nothing for {self.patience} s")
            chunk = os.read(self.from_browser, 1 << 20)
            if not chunk:
                raise self.failure("the browser has ended")
            self.buffer += chunk
        message, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(message)

    def open(self, url):
        """Opens a page, and gives the events until it was loaded."""
        self.events.clear()
        self.call("Page.navigate", url=url)
        while not any(event["method"] == "Page.loadEventFired" for event in self.events):
            self.events.append(self.receive())
        return list(self.events)

    def show(self, width, theme, media="screen"):
        """Sets the width of the window, in CSS pixels, and what the reader prefers.

        A narrow window is a phone's, which has no mouse.
        """
        is_phone = width < 600
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=900,
                  deviceScaleFactor=1, mobile=is_phone)
        self.call("Emulation.setTouchEmulationEnabled", enabled=is_phone)
        self.call("Emulation.setEmulatedMedia", media=media,
                  features=[{"name": "prefers-color-scheme", "value": theme}])

    def evaluate(self, expression):
        """The value of a JavaScript expression, awaited where it is a promise."""
        result = self.call("Runtime.evaluate", expression=expression, awaitPromise=True,
                           returnByValue=True)
        if "exceptionDetails" in result:
            raise Failure(json.dumps(result["exceptionDetails"])[:500])
        return result["result"].get("value")

    def press(self, key):
        for kind in ("keyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, key=key, code=key,
                      windowsVirtualKeyCode={"Tab": 9}[key])

    def screenshot(self):
        """The whole page as PNG, in base 64."""
        return self.call("Page.captureScreenshot", captureBeyondViewport=True)["data"]


def pipe():
    """The two ends of a pipe, away from the numbers that the browser wants."""
    ends = os.pipe()
    moved = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in ends]
    for end in ends:
        os.close(end)
    return moved
