"""The form in which something is reported."""

from typing import Any

from service.reports.pointing import Target, dump_target
from service.slack.modals import View, plain_text, section
from service.slack.wording import cut, plain, quoted

SUBMIT = "report.submit"
WHAT, NOTE, HIDE = "what", "note", "hide"

_LONGEST = 3000
_LONGEST_QUOTE = 300


def report_form(language: str, target: Target | None, *, words: str = "", can_hide: bool) -> View:
    """Return the form for a message, or for what somebody tells in their own words; `words` are filled in already."""
    about = [_words_field(language, words)] if target is None else [_message(language, target)]
    return {
        "type": "modal",
        "callback_id": SUBMIT,
        "private_metadata": dump_target(target) if target is not None else "",
        "title": plain_text(plain(language, "report.title")),
        "submit": plain_text(plain(language, "report.submit")),
        "close": plain_text(plain(language, "report.cancel")),
        "blocks": [
            *about,
            _field(language, NOTE, optional=True),
            *([_name_field(language)] if can_hide else []),
            {
                "type": "context",
                "elements": [{"type": "mrkdwn", "text": plain(language, "report.goes_to"), "verbatim": True}],
            },
        ],
    }


def _message(language: str, target: Target) -> View:
    text = cut(str(target.message.get("text") or ""), _LONGEST_QUOTE) or plain(language, "report.about_file")
    return section(f"{plain(language, 'report.about')}\n{quoted(text, most=_LONGEST_QUOTE)}")


def _words_field(language: str, words: str) -> View:
    field = _field(language, WHAT, optional=False)
    if words.strip():
        field["element"]["initial_value"] = cut(words, _LONGEST)
    return field


def _field(language: str, name: str, *, optional: bool) -> dict[str, Any]:
    return {
        "type": "input",
        "block_id": name,
        "optional": optional,
        "label": plain_text(plain(language, f"report.{name}")),
        "hint": plain_text(plain(language, f"report.{name}_hint")),
        "element": {"type": "plain_text_input", "action_id": name, "multiline": True, "max_length": _LONGEST},
    }


def _name_field(language: str) -> View:
    option = {
        "value": HIDE,
        "text": plain_text(plain(language, "report.hide")),
        "description": plain_text(plain(language, "report.hide_more")),
    }
    return {
        "type": "input",
        "block_id": HIDE,
        "optional": True,
        "label": plain_text(plain(language, "report.name")),
        "element": {"type": "checkboxes", "action_id": HIDE, "options": [option]},
    }
