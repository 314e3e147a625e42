"""What a detector may know besides the message: a read-only snapshot."""

from dataclasses import dataclass

from messages import Directory


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The company as it is known at the time of the analysis."""

    directory: Directory
