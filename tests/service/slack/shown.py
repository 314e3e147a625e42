"""Everything that the program can put before people in Slack, as Slack is given it.

It is played, not composed: in both languages people are warned, press, report, ask, learn and review, once with
ordinary input and once with the worst that the program lets through, and what the program sends meanwhile is kept.
"""

import itertools
import logging
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from service.database import connect
from service.migrate import upgrade
from service.warnings.wording import LANGUAGES
from tests.fakes.slack.blockkit import problems
from tests.fakes.slack.calls import Declined
from tests.service.slack.scenes import coaching, procurement, reports, warned
from tests.service.slack.scenes.stage import Shown, Stage

# What goes wrong on the stage is meant to.
logging.getLogger("frontdoor").addHandler(logging.NullHandler())

SCENES = (warned.play, procurement.play, coaching.play, reports.play)


def everything(languages: Iterable[str] = LANGUAGES) -> Iterator[Shown]:
    """Give each message, modal and page once for each language and kind of input; takes about ten seconds."""
    with tempfile.TemporaryDirectory() as folder:
        empty = Path(folder) / "empty.db"
        with closing(connect(f"sqlite:///{empty}")) as database:
            upgrade(database)
        for play, language, worst in itertools.product(SCENES, languages, (False, True)):
            shutil.copy(empty, Path(folder) / "stage.db")
            with closing(connect(f"sqlite:///{folder}/stage.db")) as database:
                stage = Stage(language=language, worst=worst, database=database, folder=Path(folder))
                with stage.slack:
                    _play(play, stage)
                yield from stage.kept


def _play(play: Callable[[Stage], None], stage: Stage) -> None:
    """Play a scene to its end, or until something was shown that Slack does not take: what follows needs it."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"):
            patch.delenv(name, raising=False)
        try:
            stage.office.workspaces.register()
            play(stage)
        except (LookupError, Declined):
            if not any(problems(one.payload) for one in stage.kept):
                raise
