"""The page that shows what people read in Slack, each text in each language, as it looks there."""

from collections.abc import Mapping, Sequence
from typing import Annotated

from fastapi import APIRouter, Query, Response
from markupsafe import Markup

from service.auth.access import needs
from service.auth.permissions import Permission
from service.console.desk import TheDesk
from service.console.slack_preview import html_of
from service.console.wording_examples import examples
from service.errors import ConfigurationError
from service.settings import Secret, SlackSource
from service.slack import wording as app
from service.warnings.wording import LANGUAGES, Wording, load_wording, wording_of

router = APIRouter(prefix="/settings", include_in_schema=False)

_NAMES = {"en": "English", "de": "Deutsch"}
# What answers a button, names a label, or stands in another text's place in a modal, needs no picture of its own.
_ANSWERS = ("labels.", "delete.", "not_a_problem.", "answered.", "authorised.done", "why.contact", "why.no")
# Stands in while Slack is not set up; of it only the defaults are used.
_NO_SOURCE = SlackSource(kind="slack", name="slack", token=Secret(env="FRONTDOOR_SLACK_TOKEN"))


@router.get("/wording")
@needs(Permission.SOURCES_READ)
def get_wording(desk: TheDesk, source: Annotated[str, Query(max_length=200)] = "") -> Response:
    """Show all that people are told in Slack."""
    sources = [one for one in desk.settings.source if isinstance(one, SlackSource)]
    chosen = next((one for one in sources if one.name == source), sources[0] if sources else _NO_SOURCE)
    words, problem = _words(chosen)
    if problem:
        chosen = chosen.model_copy(update={"wording": None})
    return desk.show(
        "wording.html",
        here="/settings/wording",
        names=_NAMES,
        sources=[one.name for one in sources],
        chosen=chosen.name,
        problem=problem,
        own=_own(words),
        examples=examples(chosen, words, desk.settings.retention, now=desk.now),
        answers=_rows([words.texts[one] for one in LANGUAGES], heads=_ANSWERS),
        others=_rows([app.texts(one) for one in LANGUAGES]),
    )


def _words(source: SlackSource) -> tuple[Wording, str]:
    """Return a source's words; those that ship where its own can't be used, and why they can't."""
    try:
        return wording_of(source), ""
    except ConfigurationError as error:
        return load_wording(), error.detail


def _own(words: Wording) -> list[str]:
    """Name the texts that are the company's own."""
    shipped = load_wording()
    return [
        f"{language}.{name}"
        for language in LANGUAGES
        for name, text in words.texts[language].items()
        if text != shipped.texts[language][name]
    ]


def _rows(
    texts: Sequence[Mapping[str, str]], *, heads: tuple[str, ...] = ("",)
) -> list[tuple[str, list[tuple[str, Markup]]]]:
    """Put the same texts of each language side by side: name, then pairs of language and drawn text."""
    names = [name for name in texts[0] if name.startswith(heads)]
    return [(name, [(one, html_of(some[name])) for one, some in zip(LANGUAGES, texts, strict=True)]) for name in names]
