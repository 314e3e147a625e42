"""Make the README's picture from the real console. Usage: python -m tests.docs.make_screenshot [PATH]

Runs the demo, signs in by its link in Debian's Chromium, opens the gravest mail alert and takes its picture.
"""

import re
import signal
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[2]
CHROMIUM = "/usr/bin/chromium"


def main() -> None:
    """Take the picture."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "console.png"
    command = [str(Path(sys.executable).parent / "frontdoor"), "demo", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as demo:
        assert demo.stderr is not None
        link = next(found.group() for line in demo.stderr if (found := re.search(r"http://\S+token=\S+", line)))
        try:
            _take(link, path)
        finally:
            demo.send_signal(signal.SIGINT)
            demo.wait(timeout=30)
    print(path)


def _take(link: str, path: Path) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 860})
        page.goto(link)
        base = link.partition("/sign-in")[0]
        page.goto(f"{base}/alerts?sort=risk")
        page.locator(".alert", has_text="Mail").first.locator("a").first.click()
        page.wait_for_load_state("networkidle")
        page.screenshot(path=path)
        browser.close()


if __name__ == "__main__":
    main()
