"""A browser window on the console, and what somebody sees in it."""

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from tests.fakes.alerts import Case

WIDTHS = (1280, 390)
# What axe looks for; of all that is well it need not tell.
ACCESSIBLE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


@contextmanager
def window(chromium, house, *, width=1280, scheme="light", scripts=True, **context):
    """Open a browser window, signed in; nothing may be wrong in its console when it closes."""
    trouble = []
    opened = chromium.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, java_script_enabled=scripts, **context
    )
    page = opened.new_page()
    page.set_default_timeout(15_000)
    page.on("console", lambda said: trouble.append(said.text) if said.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("dialog", lambda dialog: trouble.append(dialog.message))
    page.goto(house.link(f"Ana {datetime.now(UTC).timestamp()}"))
    yield page
    opened.close()
    assert trouble == []


def firms(page):
    return page.locator(".alert h2 b").all_text_contents()


def current(page):
    return page.locator(".alert.current h2 b").all_text_contents()


def add(house, *firms, **changes):
    now = datetime.now(UTC)
    return house.add(
        *(
            Case(counterparty=firm, updated_at=now - timedelta(minutes=minutes), **changes)
            for minutes, firm in enumerate(firms)
        )
    )


def overflow(page):
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
