"""What is read and never changed, together with what was worked out of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Self, TypeVar

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Keeps what functions make of it."""

    _made: dict[Callable[..., Any], Any] = field(init=False, repr=False, compare=False, default_factory=dict)

    def made(self, make: Callable[[Self], Made]) -> Made:
        """Return what a function makes of this: made once, kept with it, gone with it."""
        if make not in self._made:
            self._made[make] = make(self)
        made: Made = self._made[make]
        return made
