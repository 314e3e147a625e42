"""What a detector may know besides the message: a read-only snapshot."""

from dataclasses import dataclass

from messages import Directory, Envelope, Negotiation


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The company as it is known at the time of the analysis, and what went before in the message's thread.

    `negotiations` is the register, empty where none is kept. `earlier` are the thread's messages before this one, the
    oldest first, without their words.
    """

    directory: Directory
    negotiations: tuple[Negotiation, ...] = ()
    earlier: tuple[Envelope, ...] = ()

    @property
    def needs_history(self) -> bool:
        """Whether anything that is looked for depends on what went before."""
        return bool(self.negotiations) or any(one.owner or one.primary_contact for one in self.directory.counterparties)
