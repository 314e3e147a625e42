"""Under which name somebody appears in a counterparty's ledger: "Engineering 1", never an address.

A pseudonym is given when somebody appears first and stays, whatever becomes of their department.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from service.database import insert_new, serialised
from service.exposure.models import ExposureEntry, ExposurePerson, ExposureSource

_OURS = "Colleague"


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Somebody who told a counterparty something, or asked for it; `group` is what their pseudonym begins with."""

    counterparty: str
    address: str
    group: str


def group_of(*, ours: bool, counterparty: str, department: str = "", role: str = "") -> str:
    """Return what a pseudonym begins with: department or role of ours, the firm for one of theirs."""
    if not ours:
        return counterparty
    return " ".join((department or role or _OURS).split())[:60]


def give_pseudonyms(session: Session, voices: Iterable[Voice]) -> None:
    """Give a pseudonym to everybody who has none yet in the counterparty's ledger."""
    wanted = {(one.counterparty, one.address): one.group for one in voices}
    firms = {firm for firm, _ in wanted}
    known = pseudonyms_of(session, firms) if firms else {}
    if wanted.keys() <= known.keys():
        return
    serialised(session, "exposure_person")
    known = pseudonyms_of(session, firms)
    taken = {(firm, name) for (firm, _), name in known.items()}
    for (firm, address), group in wanted.items():
        if (firm, address) in known:
            continue
        number = 1
        while (firm, f"{group} {number}") in taken:
            number += 1
        name = f"{group} {number}"
        taken.add((firm, name))
        insert_new(session, ExposurePerson, counterparty=firm, address=address, pseudonym=name)


def pseudonyms_of(session: Session, counterparties: Iterable[str]) -> Mapping[tuple[str, str], str]:
    """Return the pseudonyms in these counterparties' ledgers, by counterparty and address."""
    row = ExposurePerson
    query = select(row.counterparty, row.address, row.pseudonym).where(row.counterparty.in_(set(counterparties)))
    return {(firm, address): name for firm, address, name in session.execute(query)}


def move_voice(session: Session, old: str, new: str) -> None:
    """Let somebody keep their pseudonyms under another address; where that has one already, both stay."""
    has_one = select(ExposurePerson.counterparty).where(ExposurePerson.address == new)
    mine = ExposurePerson.address == old, ExposurePerson.counterparty.not_in(has_one)
    moved = list(session.scalars(select(ExposurePerson.counterparty).where(*mine)))
    session.execute(update(ExposurePerson).where(*mine).values(address=new))
    entries = select(ExposureEntry.id).where(ExposureEntry.counterparty.in_(moved))
    of_entries = ExposureSource.author == old, ExposureSource.entry_id.in_(entries)
    session.execute(update(ExposureSource).where(*of_entries).values(author=new))
    of_firms = ExposureEntry.author == old, ExposureEntry.counterparty.in_(moved)
    session.execute(update(ExposureEntry).where(*of_firms).values(author=new))
