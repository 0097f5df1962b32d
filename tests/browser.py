"""A real browser without a window: what it makes of pages."""

import json
import re
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Sequence
from functools import partial
from html import unescape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")
_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--no-proxy-server", "--hide-scrollbars",
)  # fmt: skip
_FRAMES = """<!DOCTYPE html><body>{frames}<p id="said"></p><script>
addEventListener("load", () => {{
  const told = [...document.querySelectorAll("iframe")].map(frame => {{
    const page = frame.contentDocument, root = page.documentElement, table = page.querySelector("table")
    const out = [...page.querySelectorAll("body *")].filter(one => one.getBoundingClientRect().right > frame.clientWidth + 1)
    return {{title: page.title, width: root.scrollWidth, out: out.slice(0, 5).map(one => one.outerHTML.slice(0, 200)),
      borders: table && page.defaultView.getComputedStyle(table).borderCollapse}}
  }})
  said.textContent = JSON.stringify(told)
}})</script>"""


class Seen(NamedTuple):
    """A page as a browser has laid it out."""

    title: str
    width: int
    """How wide it would scroll."""
    out: list[str]
    """The beginnings of elements that stand out of the window."""
    borders: str | None
    """How its first table joins borders: a style that only a style sheet in force gives."""


def seen(folder: Path, pages: Sequence[tuple[bytes, int]]) -> list[Seen]:
    """Return what a browser makes of pages, each in a window of its own width; they lie in `folder` meanwhile."""
    frames = ""
    for number, (page, width) in enumerate(pages):
        (folder / f"page{number}.html").write_bytes(page)
        frames += f'<iframe src="page{number}.html" style="border:0;width:{width}px;height:800px"></iframe>'
    (folder / "frames.html").write_text(_FRAMES.format(frames=frames))
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=folder))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        dom = _dom(f"http://127.0.0.1:{server.server_port}/frames.html")
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    return [Seen(**page) for page in json.loads(unescape(re.search(r'<p id="said">(.*?)</p>', dom, re.DOTALL)[1]))]


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *words):
        pass


def _dom(url: str) -> str:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        words = (CHROMIUM, *_FLAGS, f"--user-data-dir={profile}", "--window-size=1400,900", "--dump-dom", url)
        # A machine under load lets a browser start too late for itself; that is no fault of the page.
        for _ in range(3):
            ran = subprocess.run(words, capture_output=True, timeout=120, check=False)
            if ran.returncode == 0 and b'id="said">[' in ran.stdout:
                return ran.stdout.decode()
    raise AssertionError(ran.stderr.decode())
