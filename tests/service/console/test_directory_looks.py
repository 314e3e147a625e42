"""How the pages of people, counterparties and imports look, and work without scripts, in Debian's Chromium."""

from datetime import UTC, datetime

import pytest

from service.directory.changes import By
from service.directory.counterparties import create_counterparty
from service.directory.imports import ImportKind, carry_out, hold_import, plan_import
from service.directory.models import Origin
from service.directory.people import change_person, create_person
from service.directory.unknown import note_unknown
from tests.fakes.browser import ACCESSIBLE, overflow, window

LONG = "Verylongwordwithoutaspace" * 6


def fill(house):
    now = datetime.now(UTC)
    by = By(actor="Ana " * 20, origin=Origin.CONSOLE, now=now)
    with house.database.transaction() as session:
        for number in range(55):
            values = {"name": f"{LONG[: number * 3]} {number}", "role": "Head of things " * (number % 9)}
            create_person(session, f"p{number}@ourco.example", {**values, "manager": "p1@ourco.example"}, by)
        aliases = [f"{LONG[:60].lower()}{number}@freemail.example" for number in range(9)]
        change_person(session, "p1@ourco.example", {"aliases": aliases, "away": "2026-03-01..2026-03-15"}, by)
        change_person(session, "p2@ourco.example", {"active": False}, by)
        values = {"domains": [f"{LONG[:50].lower()}{number}.example" for number in range(9)], "resellers": [LONG]}
        party = create_counterparty(session, {"name": LONG, **values, "owner": "p1@ourco.example"}, by).id
        note_unknown(
            session,
            {"gmail.com": 3, f"{LONG[:60].lower()}.example": 2} | {f"u{number}.example": 1 for number in range(40)},
            now=now,
        )
        text = "".join(f"i{number}@ourco.example,{LONG}\n" for number in range(150))
        held = hold_import(session, ImportKind.PEOPLE, "address,name\n" + text, leave=False, actor="Ana", now=now)
        plan = plan_import(session, ImportKind.PEOPLE, "address,name\nx@ourco.example,X\n")
        done = hold_import(session, ImportKind.PEOPLE, "-", leave=False, actor="Ana " * 20, now=now)
        carry_out(session, done, plan, expected=plan.digest, actor="Ana " * 20, now=now)
        return party, held.id


# Colours do not depend on the width: each of both is looked at once.
@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (390, "light")])
def test_every_page_of_the_directory_is_accessible_and_fits(chromium, live, width, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe-playwright-python").Axe()
    with window(chromium, live, width=width, scheme=scheme) as page:
        flaws = []

        def look():
            found = axe.run(page, options=ACCESSIBLE).response["violations"]
            flaws.extend((page.url, one["id"], node["html"]) for one in found for node in one["nodes"])
            if overflow(page):
                flaws.append((page.url, "overflow", width))

        for address in ("/people", "/counterparties", "/directory/import"):
            page.goto(f"{live.base}{address}")
            look()
        party, held = fill(live)
        for address in (
            *("/people", "/people/p1@ourco.example", "/people/p2@ourco.example", "/people?q=zzz"),
            *("/counterparties", f"/counterparties/{party}", "/counterparties?q=zzz"),
            *("/directory/import", f"/directory/import/{held}", f"/directory/import/{held}?page=2", "/settings/users"),
        ):
            page.goto(f"{live.base}{address}")
            for summary in page.locator("main summary").all():
                summary.click()
            look()
        assert flaws == []


def test_a_file_is_imported_and_taken_back_without_scripts(chromium, live):
    with window(chromium, live, scripts=False) as page:
        page.goto(f"{live.base}/people")
        page.locator("main summary").click()
        page.get_by_role("link", name="Import people.csv").first.click()
        content = "\ufeffaddress;name;department\nann@ourco.example;Ann Dušek;Einkauf\n".encode()
        page.get_by_label("File", exact=True).set_input_files(
            {"name": "people.csv", "mimeType": "text/csv", "buffer": content}
        )
        page.get_by_role("button", name="Show what would change").click()
        assert "Ann Dušek" in page.locator(".changes").inner_text()
        page.get_by_role("button", name="Do exactly this").click()
        assert "exactly as it was shown" in page.locator(".notice").inner_text()
        page.get_by_role("button", name="Take back").click()
        assert "1 entry is as before." in page.locator(".notice").inner_text()


def test_an_unknown_domain_is_assigned_without_scripts(chromium, live):
    with live.database.transaction() as session:
        note_unknown(session, {"hauck.example": 3}, now=datetime.now(UTC))
    with window(chromium, live, scripts=False) as page:
        page.goto(f"{live.base}/counterparties")
        page.get_by_label("Counterparty of hauck.example").fill("Hauck")
        page.get_by_role("button", name="Assign hauck.example").click()
        assert "The domain was assigned" in page.locator(".notice").inner_text()
        assert page.get_by_role("link", name="Hauck").is_visible()
