"""What everything that listens to Slack, or speaks there, works with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from detectors.scoring import Policy
from service.crypto import Keys
from service.database import Database
from service.negotiations.shelf import Shelf
from service.settings import Settings, SlackSource
from service.slack.workspaces import Workspaces


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """The store, the configuration of one Slack source, and the clients of its workspaces.

    `clock` tells the time: a test can move it. `shelf` has the latest snapshot of directory and register.
    """

    database: Database
    keys: Keys
    settings: Settings
    source: SlackSource
    policies: tuple[Policy, ...]
    workspaces: Workspaces
    clock: Callable[[], datetime]
    shelf: Shelf
