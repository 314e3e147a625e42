"""How the ledger, exposure and briefs look in Debian's Chromium, on the screen and on paper."""

import io

import pypdf
import pytest

from tests.fakes.alerts import Case
from tests.fakes.browser import ACCESSIBLE, overflow, window
from tests.fakes.told import Told, add_negotiation, add_secret, add_told, link

LONG = "an amount of ours that they can price up to " * 9
ASKED = {"kind": "asked", "words": "what we can spend, or pay now", "author": "pia@norvik.example"}


def fill(live):
    live.add(Case())
    published = [{"text": "Offers are due by 20 March 2026.", "date": "2026-02-02"}]
    negotiation = add_negotiation(live, "Castings 2027 " * 6, published=published)
    ids = add_told(
        live,
        negotiation,
        Told(times=3, span=20),
        Told(label="sealed_fact", sealed_fact=add_secret(live, negotiation)),
        Told(label="leverage", words="that we depend on them, or struggle", typed=LONG, guarded=False, confidence=0.7),
        Told(label="timeline", state="known_before", words="x" * 300),
        Told(label="over_the_head_" * 4, state="retracted"),
        Told(**ASKED),
        Told(topic="timeline", **ASKED),
        Told(kind="promised", label="commitment", words="a price or terms of payment", author="bo.lind@ourco.example"),
        *(Told(label="specification", days=7 * week) for week in range(12)),
        Told(counterparty="a-very-long-name-of-a-firm." * 4 + "example", stray=True),
    )
    link(live, ids[5], ids[0])
    return negotiation, ids[0]


# Colours do not depend on the width: each of both is looked at once.
@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (390, "light")])
def test_every_page_of_the_ledger_is_accessible_and_fits(chromium, live, width, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe-playwright-python").Axe()
    empty = add_negotiation(live, "Nothing yet")
    negotiation, entry = fill(live)
    with window(chromium, live, width=width, scheme=scheme) as page:
        flaws = []
        for step in (
            lambda: page.goto(f"{live.base}/exposure"),
            lambda: page.goto(f"{live.base}/negotiations/{empty}/ledger"),
            lambda: page.goto(f"{live.base}/negotiations/{negotiation}/ledger"),
            page.get_by_text("Add by hand").click,
            page.locator(".filter-more summary").click,
            lambda: page.goto(f"{live.base}/negotiations/{negotiation}/ledger?kind=known&label=budget&state=valid"),
            lambda: page.goto(f"{live.base}/exposure/{entry}"),
            lambda: page.goto(f"{live.base}/negotiations/{negotiation}/brief"),
            page.get_by_role("button", name="Make the brief").click,
            page.go_back,
            page.get_by_role("button", name="Make the brief").click,
        ):
            step()
            found = axe.run(page, options=ACCESSIBLE).response["violations"]
            flaws += [(page.url, one["id"], node["html"]) for one in found for node in one["nodes"]]
            if overflow(page):
                flaws.append((page.url, "overflow", width))
        assert flaws == []


def test_without_scripts_an_entry_is_retracted_and_taken_back(chromium, live):
    _, entry = fill(live)
    with window(chromium, live, scripts=False) as page:
        page.goto(f"{live.base}/exposure/{entry}")
        page.get_by_label("Retracted").check()
        page.get_by_label("Reason").fill("It was last year's price.")
        page.get_by_role("button", name="Save").click()
        assert "The entry was saved." in page.locator(".notice").inner_text()
        assert "It was last year's price." in page.locator(".history").inner_text()
        page.get_by_role("button", name="Undo").click()
        assert "taken back" in page.locator(".notice").inner_text()


@pytest.mark.parametrize("lines", [0, 4, 12])
def test_a_brief_is_printed_on_one_page(chromium, live, lines):
    negotiation = add_negotiation(live)
    for kind in ("known", "asked", "promised"):
        some = (Told(kind=kind, days=day, times=2, span=30) for day in range(lines))
        add_told(live, negotiation, *some)
    with window(chromium, live) as page:
        page.goto(f"{live.base}/negotiations/{negotiation}/brief")
        page.get_by_role("button", name="Make the brief").click()
        page.wait_for_url("**/briefs/*", wait_until="load")
        printed = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    assert len(printed.pages) == 1
    box = printed.pages[0].mediabox
    assert (round(box.width), round(box.height)) == (595, 842)
    said = printed.pages[0].extract_text()
    assert "What they know" in said
    assert "Sign out" not in said
