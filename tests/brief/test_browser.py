"""The page in a real browser: no sideways scrolling at any width, light and dark, English and Korean, and it paints."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from brief_fixture import build

from salpi.brief import to_html

BROWSER = next((b for b in ("chromium", "chromium-browser", "google-chrome") if shutil.which(b)), None)
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--hide-scrollbars", "--force-device-scale-factor=1",
)  # fmt: skip
PROBE = """<script>addEventListener('load',function(){var f=[360,768,1280,1680].map(function(w){return new Promise(function(d){
var i=document.createElement('iframe');i.style.cssText='border:0;height:900px;width:'+w+'px';i.srcdoc=PAGE;i.onload=function(){
var e=i.contentDocument.documentElement,
t=[...e.querySelectorAll('svg text')].filter(function(x){return x.getClientRects().length}),
s=t.map(function(x){var m=x.getScreenCTM();return parseFloat(i.contentWindow.getComputedStyle(x).fontSize)*m.a});
d(w+':'+e.scrollWidth+':'+Math.min.apply(0,s).toFixed(1)+':'+Math.max.apply(0,s).toFixed(1)+':'+t.length)};document.body.append(i)})});
Promise.all(f).then(function(r){document.title=r.join(' ')})})</script>"""


@pytest.fixture(autouse=True)
def _browser() -> None:
    if BROWSER is None:
        if os.environ.get("CI"):
            pytest.fail("a browser is needed under CI: apt-get install chromium")
        pytest.skip("needs chromium (apt-get install chromium fonts-noto-cjk)")


def browse(*args: str, home: Path) -> str:
    assert BROWSER is not None
    done = subprocess.run([BROWSER, *FLAGS, f"--user-data-dir={home}", *args], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_fits_every_width_and_chart_text_is_never_scaled(lang: str, tmp_path: Path) -> None:
    import json

    page = json.dumps(to_html(build(lang))).replace("</", "<\\/")
    probe = tmp_path / "probe.html"
    probe.write_text(f"<!doctype html><title>wait</title><body>{PROBE.replace('PAGE', page)}", "utf-8")
    dom = browse("--virtual-time-budget=20000", "--dump-dom", probe.as_uri(), home=tmp_path / "home")
    title = re.search(r"<title>([^<]*)</title>", dom)
    assert title is not None
    measured = [tuple(map(float, m.split(":"))) for m in title[1].split()]
    assert [m[0] for m in measured] == [360, 768, 1280, 1680]
    for width, scroll, smallest, largest, texts in measured:
        assert scroll <= width, f"{lang}: scrolls sideways at {width:g} px ({scroll:g})"
        assert texts > 20
        assert smallest >= 10.9, f"{lang}: chart text shrinks to {smallest} px at {width:g} px"
        assert largest <= 12.1, f"{lang}: chart text grows to {largest} px at {width:g} px"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_paints(theme: str, tmp_path: Path) -> None:
    page = tmp_path / "brief.html"
    page.write_text(to_html(build("ko")).replace("<html ", f'<html data-theme="{theme}" '), "utf-8")
    picture = tmp_path / "brief.png"
    browse(f"--screenshot={picture}", "--window-size=1280,1600", page.as_uri(), home=tmp_path / "home")
    body = picture.read_bytes()
    assert body.startswith(b"\x89PNG")
    assert len(body) > 60_000  # an empty page is a few kB
