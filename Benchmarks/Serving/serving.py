#!/usr/bin/env python3
"""How fast the reader's door is, beside nginx on the same files, and how it stands a storm.

usage: serving.py FEEDGEN

Prints the rate of feed documents (wrk), whole and as 304, of both; how long 2,000 readers who leave
within ten seconds wait, and how many of them have left when the power goes at once; what others wait
for while 500 connections drip; and the memory that all of it took. Everything is on loopback.

Needs wrk, nginx, sqlite3 and Python 3; as root, the door is opened by nobody.
"""

import asyncio
import email
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

FEEDGEN = os.path.abspath(sys.argv[1])
ROOT = pathlib.Path(__file__).resolve().parents[2]
ARTICLES, READERS, STORM_SECONDS = 200, 2000, 10
CONFIGURATION = """
site: {title: Banc, url: "http://127.0.0.1/", language: fr, timezone: Europe/Paris,
  author: {name: A}, id: "tag:banc.example,2026:", postal_address: "1 rue X"}
topics: [{slug: monde, title: Monde, description: Essai}]
sources: [articles/]
store: sqlite:feedgen.db
output: feeds/
feeds: {precompress: true}
digests: [{cadence: weekly, day: monday, at: "08:00"}]
mail: {from: Banc <lettre@banc.example>}
server: {listen: "127.0.0.1:0", url: "http://127.0.0.1/"}
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def feedgen(site, *arguments):
    subprocess.run([FEEDGEN, *arguments, "--site", site, "--quiet"], check=True)


def make_site(site):
    (site / "articles").mkdir()
    (site / "feedgen.yaml").write_text(CONFIGURATION)
    for number in range(ARTICLES):
        (site / f"articles/{number}.md").write_text(
            f"---\ntitle: Article {number}\ndate: 2026-11-{number % 20 + 1:02}\n"
            f"topics: [monde]\n---\n{'Un texte de mesure. ' * 200}\n")
    rows = "".join(f"l{number}@banc.example,2026-10-01,banc\n" for number in range(READERS))
    (site / "table.csv").write_text("email,consent_at,consent_source\n" + rows)
    feedgen(site, "subscribers", "import", str(site / "table.csv"))
    feedgen(site, "publish", "--as-of", "2026-11-23T08:05:00")


def leave_paths(site):
    """The path that each reader leaves by, from the message that they got."""
    for path in (site / "outbox/new").iterdir():
        message = email.message_from_bytes(path.read_bytes())
        url = re.search(r"<http://127\.0\.0\.1(/unsubscribe/[^>]+)>",
                        message["List-Unsubscribe"].replace("\n ", ""))
        yield url[1]


def start_door(site):
    program = site / "feedgen"
    shutil.copy(FEEDGEN, program)
    command = [program, "serve", "--site", site, "--quiet"]
    if os.getuid() == 0:
        os.chmod(site, 0o755)
        subprocess.run(["chown", "-R", "nobody:nogroup", site], check=True)
        command = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", *command]
    door = subprocess.Popen(command, stderr=subprocess.DEVNULL, cwd=site)
    return door, listening_port(door.pid)


def listening_port(process):
    for _ in range(200):
        listing = subprocess.run(["ss", "-Hltnp"], capture_output=True, text=True).stdout
        for line in listing.splitlines():
            if f"pid={process}," in line:
                return int(line.split()[3].rsplit(":", 1)[1])
        time.sleep(0.1)
    raise SystemExit("the door does not open")


def start_nginx(site, folder):
    port = free_port()
    (folder / "nginx.conf").write_text(f"""
daemon off; pid {folder}/pid; error_log {folder}/errors; worker_processes 1;
events {{ worker_connections 1024; }}
http {{
  access_log off; types {{ }} default_type application/octet-stream;
  client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s; sendfile on;
  server {{ listen 127.0.0.1:{port}; root {site}; include {site}/feeds/.nginx.conf; }}
}}
""")
    server = subprocess.Popen(["/usr/sbin/nginx", "-c", folder / "nginx.conf"])
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return server, port
        time.sleep(0.1)
    raise SystemExit("nginx does not start")


def rate(port, *headers):
    """Requests a second."""
    options = [option for header in headers for option in ("-H", header)]
    output = subprocess.run(
        ["wrk", "-t1", "-c16", "-d4", *options, f"http://127.0.0.1:{port}/feeds/atom.xml"],
        check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in output and not any("None-Match" in header for header in headers):
        raise SystemExit(output)
    return float(re.search(r"Requests/sec:\s+([\d.]+)", output)[1])


def e_tag(port):
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(b"HEAD /feeds/atom.xml HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        answer = b""
        while piece := connection.recv(65536):
            answer += piece
    return re.search(rb"(?i)etag: (\S+)", answer)[1].decode()


def compare_rates(door, nginx):
    for name, headers in (("whole", lambda port: []),
                          ("gzip", lambda port: ["Accept-Encoding: gzip"]),
                          ("304", lambda port: [f"If-None-Match: {e_tag(port)}"])):
        # In turn, so that what else the machine does falls on both.
        rates = [[rate(port, *headers(port)) for port in (door, nginx)] for _ in range(3)]
        ours, theirs = (sorted(column)[1] for column in zip(*rates))
        print(f"atom.xml, {name}: door {ours:,.0f}/s, nginx {theirs:,.0f}/s, "
              f"ratio {ours / theirs:.2f}")


async def leave(port, path, after, times):
    await asyncio.sleep(after)
    body = b"List-Unsubscribe=One-Click"
    start = time.monotonic()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                 "Content-Type: application/x-www-form-urlencoded\r\n"
                 f"Content-Length: {len(body)}\r\n\r\n".encode() + body)
    answer = await reader.read(1 << 20)
    writer.close()
    assert answer.startswith(b"HTTP/1.1 200 "), answer[:100]
    times.append((time.monotonic() - start) * 1000)


async def storm(port, paths):
    times = []
    await asyncio.gather(*(
        leave(port, path, STORM_SECONDS * place / len(paths), times)
        for place, path in enumerate(paths)))
    return sorted(times)


def peak(process):
    status = pathlib.Path(f"/proc/{process}/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024


def left(site):
    return int(subprocess.run(
        ["sqlite3", site / "feedgen.db", "SELECT count(*) FROM suppression WHERE reason = 'left'"],
        check=True, capture_output=True, text=True).stdout)


def main():
    with tempfile.TemporaryDirectory() as name:
        site, folder = pathlib.Path(name) / "site", pathlib.Path(name) / "nginx"
        site.mkdir()
        folder.mkdir()
        os.chmod(name, 0o755)
        make_site(site)
        paths = list(leave_paths(site))
        door, port = start_door(site)
        nginx, nginx_port = start_nginx(site, folder)
        try:
            compare_rates(port, nginx_port)
            subprocess.run([sys.executable, ROOT / "Tests/Servers/slow_clients.py", str(port)])
            print(f"memory until here: {peak(door.pid):.0f} MiB at most")
            times = asyncio.run(storm(port, paths))
            peak_memory = peak(door.pid)
            door.send_signal(signal.SIGKILL)
            door.wait()
            print(f"{len(times)} leave within {STORM_SECONDS} s: p50 {times[len(times) // 2]:.1f} ms, "
                  f"p99 {times[int(len(times) * 0.99)]:.1f} ms; {left(site)} have left after a kill; "
                  f"{peak_memory:.0f} MiB at most")
        finally:
            # Asked to end, nginx also ends its workers.
            for server in (door, nginx):
                server.terminate()
                server.wait()


main()
