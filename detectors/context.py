"""What a detector may know besides the message: a read-only snapshot."""

from dataclasses import dataclass, field

from messages import Directory, Envelope, Register


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The company as it is known at the time of the analysis, and what went before in the message's thread.

    `negotiations` is the register, empty where none is kept. `earlier` are the thread's messages before this one, the
    oldest first, without their words; None where nobody kept track of threads: then nothing is said of who is missing.
    """

    directory: Directory
    negotiations: Register = field(default_factory=Register)
    earlier: tuple[Envelope, ...] | None = None

    @property
    def knows_people(self) -> bool:
        """Whether anything is known by which somebody could be missed."""
        return bool(self.negotiations or self.directory.people or self.directory.counterparties)
