"""`/frontdoor consent` and `/frontdoor withdraw`: a person's own token, by their will alone."""

from service.slack.asker import Asker
from service.slack.consents import consent_url, has_consented, withdraw
from service.slack.office import Office
from service.slack.wording import link, plain, say

CONSENT, WITHDRAW = "consent", "withdraw"
CONSENT_WORDS = frozenset({CONSENT, WITHDRAW})


def answer_consent(office: Office, asker: Asker, language: str, word: str) -> str:
    """Do what one of the two words asks for; returns what to tell the person."""
    if word == WITHDRAW:
        return say(language, "consent.withdrawn" if _withdraw(office, asker) else "consent.none")
    with office.database.transaction(write=False) as session:
        given = any(has_consented(session, place, asker.user) for place in _places(asker))
    if given:
        return say(language, "consent.given")
    url = consent_url(office.settings, office.source)
    if not url:
        return say(language, "consent.nobody")
    return say(language, "consent.offer", link=link(url, plain(language, "consent.offer_words")))


def _withdraw(office: Office, asker: Asker) -> bool:
    done = [withdraw(office, place, asker.user) for place in _places(asker)]
    return any(done)


def _places(asker: Asker) -> list[str]:
    return [place for place in (asker.team, asker.enterprise) if place]
