"""Work that is done again and again beside everything else, and that no failure ends."""

import logging
from collections.abc import Callable
from threading import Event

from service.errors import FrontdoorError
from service.failures import note_unexpected

log = logging.getLogger("frontdoor.slack")


def repeat(what: str, work: Callable[[], float], stop: Event, *, failed: float, first: float = 0.0) -> None:
    """Do `work` until `stop`; it says in how many seconds to do it again.

    It begins after `first` seconds, and after a failure goes on in `failed` seconds. What was foreseen (Slack refuses,
    or is out of reach) is noted as `what` having to wait, anything else as unexpected; neither with a word of its text.
    """
    pause = first
    while not stop.wait(pause):
        try:
            pause = work()
        except FrontdoorError as error:
            log.warning("%s has to wait (%s)", what, type(error).__name__)
            pause = failed
        except Exception as error:  # noqa: BLE001 - whatever it is, the next time must come
            note_unexpected(error)
            pause = failed
