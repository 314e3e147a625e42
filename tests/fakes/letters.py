"""Plain mails, one for each number, for mailboxes that have to be full of something."""

_WORDS = (
    "the drawing",
    "next week",
    "the second sample",
    "our plant",
    "a call",
    "the pallets",
    "and",
    "before",
    "with",
)


def letter(number: int, *, words: int = 20, subject: str = "", message_id: bool = True) -> bytes:
    """Write mail number so-and-so, CRLF and all; its Message-ID is `NUMBER@supplier.example`."""
    body = " ".join(_WORDS[(number + word * (number % 7 + 1)) % len(_WORDS)] for word in range(words))
    headers = [
        "From: Sam Seller <sam@supplier.example>",
        "To: Anna Ahrens <anna@firm.example>",
        f"Subject: {subject or f'Delivery {number}'}",
        "Date: Mon, 03 Mar 2025 10:00:00 +0100",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
    ]
    if message_id:
        headers.append(f"Message-ID: <{number}@supplier.example>")
    return "\r\n".join([*headers, "", body, ""]).encode()


def letters(count: int, *, start: int = 1, words: int = 20) -> list[bytes]:
    """Write `count` mails with numbers from `start`."""
    return [letter(number, words=words) for number in range(start, start + count)]
