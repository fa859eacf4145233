#!/usr/bin/env python3
"""Opens a report in headless Chromium and holds it to WCAG 2.2 AA with axe-core.

    check_report.py REPORT.html AXE.min.js [--shots FOLDER]
    check_report.py --self-test AXE.min.js

Needs chromium and chromedriver; Python's standard library is enough. In light and dark, at 1280 and 390 pixels, with
all details closed and open: no console error, no axe violation, no sideways scrolling. Then: the first tab stop skips
to the report, the filters show what they name, and on paper nothing is folded away. `--shots` keeps pictures and a
print. The self-test shows that a bad page fails. The last line is `N passed, N failed`; the exit code is 1 when
something failed.
"""
import base64
import json
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WIDTHS = (1280, 390)
THEMES = ("light", "dark")


class Browser:
    """One headless Chromium behind a chromedriver on a free port."""

    def __enter__(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.profile = tempfile.mkdtemp(prefix="assay-browser-")
        self.driver = subprocess.Popen(
            [shutil.which("chromedriver") or "chromedriver", f"--port={port}"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.base = f"http://127.0.0.1:{port}"
        self.session = ""
        self.wait_until_ready()
        options = {
            "binary": shutil.which("chromium") or shutil.which("google-chrome") or "chromium",
            "args": ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu",
                     "--window-size=1280,900", f"--user-data-dir={self.profile}"]}
        capabilities = {"browserName": "chrome", "goog:chromeOptions": options,
                        "goog:loggingPrefs": {"browser": "ALL"}}
        answer = self.call("POST", "/session", {"capabilities": {"alwaysMatch": capabilities}})
        self.session = f"/session/{answer['sessionId']}"
        self.post("/timeouts", {"script": 120_000})
        return self

    def __exit__(self, *_):
        try:
            if self.session:
                self.call("DELETE", self.session)
        finally:
            self.driver.terminate()
            self.driver.wait()
            shutil.rmtree(self.profile, ignore_errors=True)

    def wait_until_ready(self):
        deadline = time.monotonic() + 20
        while True:
            try:
                if self.call("GET", "/status")["ready"]:
                    return
            except (urllib.error.URLError, ConnectionError):
                pass
            if time.monotonic() > deadline or self.driver.poll() is not None:
                raise RuntimeError("chromedriver did not start")
            time.sleep(0.05)

    def call(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            self.base + path, data=data, method=method, headers={"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=180) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise RuntimeError(json.load(error)["value"]["message"]) from error

    def post(self, path, body):
        return self.call("POST", self.session + path, body)

    def run(self, script, *arguments):
        return self.post("/execute/sync", {"script": script, "args": list(arguments)})

    def run_async(self, script, *arguments):
        return self.post("/execute/async", {"script": script, "args": list(arguments)})

    def devtools(self, command, **parameters):
        return self.post("/goog/cdp/execute", {"cmd": command, "params": parameters})

    def open(self, page, width, theme):
        self.devtools("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
        self.devtools("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": theme}])
        self.console()
        self.post("/url", {"url": page.resolve().as_uri()})

    def console(self):
        return [entry["message"] for entry in self.post("/se/log", {"type": "browser"}) if entry["level"] == "SEVERE"]

    def picture(self, path):
        shot = self.devtools("Page.captureScreenshot", format="png", captureBeyondViewport=True)
        path.write_bytes(base64.b64decode(shot["data"]))

    def print(self, path):
        path.write_bytes(base64.b64decode(self.post("/print", {"background": True})))


# Every choice of every filter leaves what it names and hides the rest.
FILTERS = """
    const problems = [];
    for (const box of document.querySelectorAll('fieldset.filter')) {
        const kind = box.parentElement.classList.contains('framework') ? 'state' : 'severity';
        const members = [...box.parentElement.querySelectorAll(`[data-${kind}]`)];
        for (const input of box.querySelectorAll('input')) {
            input.click();
            const seen = members.filter(m => m.checkVisibility()).map(m => m.dataset[kind]);
            const wanted = members.map(m => m.dataset[kind]).filter(v => input.value === 'all' || v === input.value);
            if (!wanted.length || seen.join() !== wanted.join())
                problems.push(`${input.name} ${input.value}: shows ${seen.length} of ${wanted.length}`);
        }
    }
    return problems;"""
# On paper nothing is folded away or filtered out; the last choices above are still in force here.
PRINT = """
    const hidden = [...document.querySelectorAll('main p, main tr, main pre, main h3')]
        .filter(e => !e.checkVisibility({contentVisibilityAuto: true}) || !e.getClientRects().length);
    const shown = [...document.querySelectorAll('nav, fieldset')].filter(e => e.checkVisibility());
    return [...hidden.map(e => 'is not printed: ' + e.textContent.trim().slice(0, 80)),
            ...shown.map(e => 'is printed: ' + e.tagName)];"""


class Checks:
    """Counts checks and says what failed."""

    def __init__(self, is_quiet=False):
        self.passed = self.failed = 0
        self.failures = []
        self.is_quiet = is_quiet

    def expect(self, name, problems):
        if problems:
            self.failed += 1
            self.failures += [f"{name}: {problem}" for problem in problems]
            for problem in [] if self.is_quiet else problems[:20]:
                print(f"not ok {name}: {problem}")
        else:
            self.passed += 1


def violations(browser, axe):
    browser.run(axe)
    found = browser.run_async(
        "const [tags, done] = arguments;"
        "axe.run(document, {runOnly: {type: 'tag', values: tags}})"
        ".then(r => done({violations: r.violations.map(v => [v.id, v.nodes.length, v.nodes[0].html.slice(0, 160),"
        " v.nodes[0].failureSummary]), passes: r.passes.length}), e => done({error: String(e)}));", TAGS)
    if found.get("error"):
        return [found["error"]]
    if not found["passes"]:
        return ["axe checked nothing"]
    return [f"{rule} on {count}: {html} {summary}" for rule, count, html, summary in found["violations"]]


def check(browser, page, axe, checks, shots=None):
    for theme in THEMES:
        for width in WIDTHS:
            place = f"{page.name} {theme} {width}"
            browser.open(page, width, theme)
            checks.expect(f"{place}: console", browser.console())
            for state in ("closed", "open"):
                browser.run("document.querySelectorAll('details').forEach(d => { if (arguments[0]) d.open = true; })",
                            state == "open")
                excess = browser.run("return document.documentElement.scrollWidth - window.innerWidth")
                checks.expect(f"{place} {state}: width", [f"{excess} pixels too wide"] if excess > 0 else [])
                if shots:
                    browser.picture(shots / f"{page.stem}-{theme}-{width}-{state}.png")
                checks.expect(f"{place} {state}: axe", violations(browser, axe))
    browser.open(page, WIDTHS[0], THEMES[0])
    browser.post("/actions", {"actions": [{"type": "key", "id": "keys", "actions": [
        {"type": "keyDown", "value": "\ue004"}, {"type": "keyUp", "value": "\ue004"}]}]})
    target = browser.run("return document.activeElement.getAttribute('href')")
    checks.expect(f"{page.name}: first tab stop", [] if target == "#main" else [f"goes to {target}"])
    checks.expect(f"{page.name}: filters", browser.run(FILTERS))
    browser.devtools("Emulation.setEmulatedMedia", media="print")
    checks.expect(f"{page.name}: print", browser.run(PRINT))
    if shots:
        browser.print(shots / f"{page.stem}.pdf")


GOOD = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Good</title>
<meta name="viewport" content="width=device-width">
<style>body, a { color: #111; background: #fff }</style></head>
<body><a href="#main">Skip</a><main id="main" tabindex="-1"><h1>Good</h1><p>Text.</p></main></body></html>"""
SMALL = '<button style="all:unset;width:9px;height:9px;float:left">x</button>'
# Name, what is put into the good page's place, what the report of the failure must say.
PLANTED = [
    ("contrast", "<p>Text.</p>", '<p style="color:#999">Text.</p>', "axe: color-contrast"),
    ("missing alternative", "<p>Text.</p>", '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">', "axe: image-alt"),
    ("small target", "<p>Text.</p>", SMALL + SMALL, "axe: target-size"),
    ("console error", "<p>Text.</p>", "<script>console.error('planted')</script>", "console: "),
    ("wide page", "<p>Text.</p>", '<div style="width:3000px">Text.</div>', "width: "),
    ("broken filter", "<p>Text.</p>", '<style>@media print { fieldset { display: none } }</style>'
     '<fieldset class="filter"><legend>Show</legend><label>'
     '<input type="radio" name="a" value="low">low</label></fieldset><p data-severity="high">Text.</p>', "filters: "),
    ("unprinted text", "<p>Text.</p>", "<style>@media print { p { display: none } }</style><p>Text.</p>", "print: "),
    ("wrong first stop", 'href="#main"', 'href="#other"', "first tab stop: "),
]


def self_test(axe):
    """Every planted fault must be found by its own check and no other; the page without one must pass."""
    results = Checks()
    with tempfile.TemporaryDirectory() as folder, Browser() as browser:
        page = pathlib.Path(folder) / "page.html"
        page.write_text(GOOD, encoding="utf-8")
        checks = Checks(is_quiet=True)
        check(browser, page, axe, checks)
        results.expect("good page", checks.failures)
        for name, old, new, word in PLANTED:
            page.write_text(GOOD.replace(old, new), encoding="utf-8")
            checks = Checks(is_quiet=True)
            check(browser, page, axe, checks)
            others = [failure for failure in checks.failures if word not in failure]
            results.expect(f"planted {name}", others if checks.failures else ["was not found"])
    return results


def main(arguments):
    shots = None
    if "--shots" in arguments:
        place = arguments.index("--shots")
        shots = pathlib.Path(arguments[place + 1])
        shots.mkdir(parents=True, exist_ok=True)
        arguments = arguments[:place] + arguments[place + 2:]
    if len(arguments) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    axe = pathlib.Path(arguments[1]).read_text(encoding="utf-8")
    if arguments[0] == "--self-test":
        checks = self_test(axe)
    else:
        checks = Checks()
        with Browser() as browser:
            check(browser, pathlib.Path(arguments[0]), axe, checks, shots)
    print(f"{checks.passed} passed, {checks.failed} failed")
    return 1 if checks.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
