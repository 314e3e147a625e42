"""A policy's weights that trip whoever looks a label up."""

from tests.service.cli.program import LEAK


class Trap(dict):
    """Weights that fail when a label is looked up, as a detector might on one odd message."""

    def get(self, *_):
        raise RecursionError(LEAK)

    __contains__ = __getitem__ = get
