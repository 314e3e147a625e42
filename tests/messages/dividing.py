"""Short forms in which tests write down how a text is divided."""

from messages import CleanText, PartKind, clean

_LETTER = {
    PartKind.NEW: "new",
    PartKind.QUOTE: "quote",
    PartKind.FORWARD: "forward",
    PartKind.SIGNATURE: "signature",
    PartKind.DISCLAIMER: "disclaimer",
}


def kind_of(divided: CleanText, words: str) -> str:
    """Name the kind of the part in which `words` stand whole."""
    at = divided.text.index(words)
    return next(
        (_LETTER[part.kind] for part in divided.parts if part.start <= at and at + len(words) <= part.end),
        "across parts",
    )


def author_of(divided: CleanText, words: str) -> str:
    at = divided.text.index(words)
    return next(part.author for part in divided.parts if part.start <= at < part.end)


def kinds(text: str, *, subject: str = "", chat: bool = False) -> list[str]:
    return [_LETTER[part.kind] for part in clean(text, subject=subject, chat=chat).parts]
