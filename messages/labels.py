"""Blocks of labelled lines above a quoted message: From:, Sent:, To:, Subject: and what other languages call them."""

import re
from collections.abc import Sequence
from enum import StrEnum

from messages.layout import Line


class Field(StrEnum):
    """What a labelled line tells."""

    FROM = "from"
    SENT = "sent"
    DATE = "date"
    TO = "to"
    COPY = "copy"
    SUBJECT = "subject"
    OTHER = "other"


_LABELS = {
    Field.FROM: (
        "from|von|de|da|van|från|fra|od|lähettäjä|nadawca|odesílatel|от|feladó|absender|afzender|remitente"
        "|expéditeur|mittente|remetente"
    ),
    Field.SENT: (
        "sent|date sent|gesendet|gesendet am|envoyé|envoyé le|message du|enviado|enviado el|enviado em|enviada em"
        "|enviada|inviato|inviato il|verzonden|verzonden op|skickat|sendt|lähetetty|wysłano|wysłane|odesláno"
        "|отправлено|elküldve"
    ),
    Field.DATE: (
        "date|datum|date d'envoi|fecha|fecha de envío|data|data de envio|data invio|dato|päivämäärä|päiväys|дата|dátum"
    ),
    Field.TO: (
        "to|an|à|a|para|per|aan|till|til|vastaanottaja|do|komu|кому|címzett|destinataire|destinatario"
        "|destinatário|empfänger"
    ),
    Field.COPY: ("cc|bcc|c.c.|kopie|kopie an|copie|copie à|copia|cópia|kopia|kopi|kopio|dw|kopie (cc)|копия|másolat"),
    Field.SUBJECT: (
        "subject|betreff|betr|betr.|thema|objet|sujet|asunto|oggetto|assunto|onderwerp|ämne|emne|aihe|temat"
        "|předmět|тема|tárgy"
    ),
    Field.OTHER: (
        "reply-to|reply to|antwort an|antworten an|répondre à|responder a|rispondi a|risposta|antwoord aan"
        "|svar til|importance|priority|wichtigkeit|priorität|importância|importancia|priorità|urgentie"
        "|attachments|anlagen|anhang|pièces jointes|adjuntos|allegati|anexos|bijlagen|sent by|sensitivity"
        "|message-id|organization|cr|categories|when|where"
    ),
}
_FIELD_OF = {label: field for field, labels in _LABELS.items() for label in labels.split("|")}
LABEL_WIDTH = max(map(len, _FIELD_OF)) + 5
# A flattened block has all of it on one line.
_FLAT = re.compile(
    r".{1,200}?\s(?:sent|gesendet|envoyé|enviad[oa](?: e[lm])?|inviato|verzonden|date|datum|fecha|data)\s?:"
    r".{1,200}?\s(?:to|an|à|para|a|aan|subject|betreff|objet|asunto|oggetto|assunto|onderwerp)\s?:",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"[<\[(](?:mailto:)?([^\s<>\[\]()@]{1,100}@[^\s<>\[\]()@]{1,100})[>\])]", re.IGNORECASE)
_BARE = re.compile(r"(?:mailto:)?([^\s<>\[\]()\"'@,;:]{1,100}@[^\s<>\[\]()\"'@,;:]{1,100})", re.IGNORECASE)
_STAMP = re.compile(
    r"(?<!\d)\d{1,2}[/.]\d{1,2}[/.]\d{2}(?:\d\d)?,? \d{1,2}:\d\d(?::\d\d)?(?: ?[AP]\.?M\.?)?(?: [A-Z]{2,4})?$",
    re.IGNORECASE,
)
STAMP_ENDS = "Mm0123456789T"
_LONGEST_BLOCK = 60
_LONGEST_RECIPIENTS = 40
_WIDEST_NAME = 160

Block = tuple[int, dict[Field, str]]


def address_in(words: str) -> str:
    """Return the mail address in a header's words, lower-cased, empty when there is none."""
    if "@" not in words:
        return ""
    found = _BRACKETED.search(words) or _BARE.search(words)
    if found is None:
        return ""
    address = found.group(1).lower().strip(".'\"")
    address = address.removesuffix("&gt").removeprefix("&lt")
    return address if "." in address.partition("@")[2] else ""


def labelled(words: str) -> tuple[Field, str] | None:
    """Split a line at its label; None when it has none that we know."""
    colon = words.find(":", 0, LABEL_WIDTH)
    if colon < 0:
        colon = words.find("\uff1a", 0, LABEL_WIDTH)
    if colon < 1:
        return None
    field = _FIELD_OF.get(words[:colon].strip(" *_\t\xa0").lower().replace("\u2019", "'"))
    return None if field is None else (field, words[colon + 1 :].lstrip("* \t"))


def block_at(lines: Sequence[Line], i: int, *, needed: int = 3) -> Block | None:
    """Read the block of labelled lines that begins at line `i`: the line after it and its fields.

    `needed` is the number of different labels that make a block; a mark or a rule above it lets fewer do.
    """
    first = labelled(lines[i].words)
    if first is None:
        return None
    if first[0] is Field.FROM and _FLAT.match(lines[i].words):
        return i + 1, {Field.FROM: first[1]}
    after, fields = _read(lines, i)
    # A memo begins "To: all, From: …, Date: …"; a mail program that begins so writes addresses.
    headed = first[0] is Field.FROM and (i == 0 or labelled(lines[i - 1].words) is None)
    if needed > 2 and not headed and not _is_addressed(fields):
        return None
    return (after, fields) if _is_block(fields, needed) else None


def notes_block_at(lines: Sequence[Line], i: int) -> Block | None:
    """Read a block as Notes writes it: the name, "on" or a new line, the time, then To: and Subject:."""
    name = lines[i].words
    if not name or len(name) > _WIDEST_NAME:
        return None
    for stamped in range(i, min(i + 4, len(lines))):
        words = lines[stamped].words
        if not words or len(words) > _WIDEST_NAME:
            return None
        if words[-1] not in STAMP_ENDS:
            continue
        stamp = _STAMP.search(words)
        if stamp is None:
            continue
        if stamped == i and not words[: stamp.start()].strip():
            return None
        return _below_stamp(lines, stamped + 1, " ".join(line.words for line in lines[i : stamped + 1]))
    return None


def _below_stamp(lines: Sequence[Line], start: int, name: str) -> Block | None:
    """Read the labels below the time of a Notes block."""
    fields = {Field.FROM: name}
    after = start
    current: Field | None = None
    strangers = 0
    for at in range(start, min(start + _LONGEST_BLOCK, len(lines))):
        found = labelled(lines[at].words)
        if found is not None:
            if found[0] in fields and found[0] is not Field.FROM:
                break
            current, strangers, after = found[0], 0, at + 1
            fields.setdefault(*found)
            if current is Field.SUBJECT:
                break
        elif lines[at].words and current not in {Field.TO, Field.COPY}:
            strangers += 1
            if strangers > 2:
                break
    return (after, fields) if Field.TO in fields and len(fields) > 2 else None


def _read(lines: Sequence[Line], i: int) -> Block:
    """Read labels, the lines their values are wrapped over and single blank lines between them."""
    fields: dict[Field, str] = {}
    after = at = i
    current = Field.OTHER
    wrapped = 0
    last = min(i + _LONGEST_BLOCK, len(lines))
    while at < last:
        words = lines[at].words
        found = labelled(words)
        if found is not None and (found[0] is Field.OTHER or found[0] not in fields):
            current, wrapped = found[0], 0
            fields[current] = found[1]
            after = at + 1
        elif found is not None:
            break
        elif not words:
            if at + 1 >= last or labelled(lines[at + 1].words) is None:
                break
        elif _wraps(lines, at, current, wrapped):
            wrapped += 1
            after = at + 1
            fields[current] += " " + words
        else:
            break
        at += 1
    return after, fields


def _wraps(lines: Sequence[Line], at: int, current: Field, wrapped: int) -> bool:
    """Tell whether a line without label goes on with the value of the label before it."""
    if not lines[at - 1].words:
        return False
    if current in {Field.TO, Field.COPY} and wrapped < _LONGEST_RECIPIENTS:
        return "@" in lines[at].words or lines[at - 1].words.endswith((",", ";", "<")) or lines[at].words.endswith(";")
    following = labelled(lines[at + 1].words) if at + 1 < len(lines) else None
    return wrapped < 2 and current is not Field.OTHER and following is not None


def _is_addressed(fields: dict[Field, str]) -> bool:
    """Whether the fields hold what nobody but a mail program writes."""
    return Field.SENT in fields or bool(address_in(fields.get(Field.FROM, "")))


def _is_block(fields: dict[Field, str], needed: int) -> bool:
    if needed == 1:
        return bool(fields)
    if not fields.get(Field.FROM):
        return False
    known = len(fields.keys() - {Field.OTHER})
    # "From: Hamburg, To: Rotterdam, Date: 12 May" is a shipment.
    certain = _is_addressed(fields) or (Field.SUBJECT in fields and known >= needed)
    return known >= 2 and (certain or (needed == 2 and Field.DATE in fields))
