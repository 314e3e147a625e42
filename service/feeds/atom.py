"""Atom (RFC 4287)."""

import re
from datetime import datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from service.feeds.entries import Entry, Feed

MEDIA_TYPE = "application/atom+xml; charset=utf-8"
_NAMESPACE = "http://www.w3.org/2005/Atom"
# What XML 1.0 has no way to write, escaped or not.
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def atom(feed: Feed) -> bytes:
    """Write a feed as Atom."""
    root = Element("feed", xmlns=_NAMESPACE)
    address = f"{feed.base}/feeds/alerts.atom"
    _add(root, "id", address)
    _add(root, "title", "frontdoor alerts")
    _add(root, "updated", _time(feed.updated_at))
    _add(SubElement(root, "author"), "name", "frontdoor")
    _add(root, "link", rel="self", type="application/atom+xml", href=address)
    _add(root, "link", rel="alternate", type="text/html", href=f"{feed.base}/alerts")
    for entry in feed.entries:
        _add_entry(root, entry)
    text: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return text


def _add_entry(root: Element, entry: Entry) -> None:
    element = SubElement(root, "entry")
    _add(element, "id", entry.id)
    _add(element, "title", entry.title)
    _add(element, "updated", _time(entry.updated_at))
    _add(element, "published", _time(entry.opened_at))
    _add(element, "link", rel="alternate", type="text/html", href=entry.url)
    for address in entry.authors:
        _add(SubElement(element, "author"), "name", address)
    for label in entry.alert.labels:
        _add(element, "category", term=label)
    _add(element, "content", entry.text, type="text")


def _add(parent: Element, tag: str, text: str = "", **attributes: str) -> None:
    element = SubElement(parent, tag, {key: _UNWRITABLE.sub("\ufffd", value) for key, value in attributes.items()})
    element.text = _UNWRITABLE.sub("\ufffd", text) or None


def _time(at: datetime) -> str:
    return at.isoformat(timespec="microseconds").replace("+00:00", "Z")
