"""A brief as PDF, made here: A4, two columns, one page for what a brief usually holds.

The fonts lie beside this module. They have Latin, Greek, Cyrillic and more; a character that they lack is drawn as a
box, since a library that meets one would put it into the log.
"""

from collections.abc import Iterable, Sequence
from importlib import resources
from unicodedata import category

from fpdf import FPDF
from fpdf.fonts import TTFFont

from service.console import words
from service.console.times import exact
from service.exposure.brief import Brief, BriefLine
from service.exposure.brief_words import head_of, line_note, more

_MARGIN, _GAP = 12.0, 6.0
_WIDTH = (210.0 - 2 * _MARGIN - _GAP) / 2
_BODY, _SMALL, _HEADING = 7.6, 6.8, 9.2
_LEADING = 0.44
# A full page is set smaller before it becomes two.
_SCALES = (1.0, 0.93, 0.86)
_FONT = "DejaVu"
_FILES = {"": "DejaVuSansCondensed.ttf", "B": "DejaVuSansCondensed-Bold.ttf"}
_BOX = "\u25a1"
_MUTED, _TEXT, _LINE = (90, 94, 102), (20, 21, 24), (190, 190, 186)


class _Page(FPDF):
    """Two columns below a head that is as wide as the page."""

    def __init__(self, footer: str, *, scale: float) -> None:
        super().__init__(orientation="portrait", unit="mm", format="A4")
        self._footer, self._scale, self._column, self._top = footer, scale, 0, 0.0
        folder = resources.files("service.exposure") / "fonts"
        for style, name in _FILES.items():
            with resources.as_file(folder / name) as path:
                self.add_font(_FONT, style, str(path))
        self._characters = frozenset.intersection(
            *(frozenset(font.cmap) for font in self.fonts.values() if isinstance(font, TTFFont))
        )
        self.set_auto_page_break(auto=True, margin=12)
        self.set_margins(_MARGIN, _MARGIN)
        self.add_page()

    def footer(self) -> None:
        """Say at the foot of each page what it is."""
        self.set_xy(_MARGIN, -9)
        self.set_font(_FONT, "", 6.4)
        self.set_text_color(*_MUTED)
        self.cell(0, 4, self.drawable(f"{self._footer} · page {self.page_no()}"), align="L")

    @property
    def accept_page_break(self) -> bool:
        """Go on in the second column, and then on the next page."""
        if self._top and not self._column:
            self._begin(1)
            self.set_y(self._top)
            self.set_x(self.l_margin)
            return False
        if self._top:
            self._begin(0)
            self._top = _MARGIN
        return True

    def drawable(self, text: str) -> str:
        """Return a text with a box for each character that the fonts lack."""
        # Marks that turn the direction of writing, and the like, only serve disguise here.
        line = " ".join("".join(one for one in text if category(one) != "Cf").split())
        return "".join(one if ord(one) in self._characters else _BOX for one in line)

    def columns(self) -> None:
        """Begin the columns below what stands on the page."""
        self._top = self.get_y()
        self._begin(0)

    def _begin(self, column: int) -> None:
        self._column = column
        left = _MARGIN + column * (_WIDTH + _GAP)
        self.set_left_margin(left)
        self.set_right_margin(210.0 - left - _WIDTH)
        self.set_x(left)

    def say(self, text: str, *, size: float = _BODY, style: str = "", muted: bool = False, before: float = 0) -> None:
        """Write a paragraph, `before` millimetres below what stands above it."""
        if before and self.get_y() > (self._top or _MARGIN) + 0.1:
            self.ln(before * self._scale)
        size *= self._scale
        self.set_x(self.l_margin)
        self.set_font(_FONT, style, size)
        self.set_text_color(*(_MUTED if muted else _TEXT))
        self.multi_cell(0, size * _LEADING, self.drawable(text), align="L", new_x="LMARGIN", new_y="NEXT")

    def heading(self, text: str, *, room: float = 18) -> None:
        """Write a heading; one that would stand alone at a column's foot goes to the next."""
        if self._top and self.will_page_break(room) and self.accept_page_break:
            self.add_page(same=True)
            self.set_xy(self.l_margin, self._top)
        self.say(text, size=_HEADING, style="B", before=3.2)
        self.set_draw_color(*_LINE)
        at = self.get_y() + 0.4
        self.line(self.l_margin, at, self.w - self.r_margin, at)
        self.ln(1.2)


def brief_pdf(brief: Brief) -> bytes:
    """Write a brief as PDF: on one page, set smaller where it must be, and on more only where that is not enough."""
    for scale in _SCALES:
        page = _written(brief, scale)
        if page.page_no() == 1:
            break
    return bytes(page.output())


def _written(brief: Brief, scale: float) -> _Page:
    page = _Page(f"Confidential · frontdoor · brief on {brief.counterparty}, {brief.negotiation}", scale=scale)
    page.set_title(page.drawable(f"Brief: {brief.counterparty}, {brief.negotiation}"))
    page.set_creator("frontdoor")
    page.set_lang("en")
    page.set_creation_date(brief.made_at)
    page.say(f"{brief.counterparty} · {brief.negotiation}", size=14, style="B")
    for text in head_of(brief):
        page.say(text, size=_SMALL + 0.4, muted=True, before=0.6)
    _changes(page, brief)
    page.ln(1)
    page.columns()
    _known(page, brief)
    _lines(page, "What they asked", brief.asked, brief.asked_more, "They asked nothing that is on record.")
    _lines(page, "What was promised", brief.promised, brief.promised_more, "No promise is on record.")
    _questions(page, brief)
    _sentences(page, "Be careful", brief.careful)
    _sentences(page, "Gaps", brief.gaps)
    return page


def _changes(page: _Page, brief: Brief) -> None:
    if brief.previous_at is None:
        return
    page.say(f"Since the brief of {exact(brief.previous_at)}", size=_HEADING, style="B", before=2)
    if not brief.changes:
        page.say("Nothing changed.", before=0.6)
    for one in brief.changes:
        name = f"{words.title(words.LABELS, one.label)}: " if one.label else ""
        page.say(f"{one.mark.upper()}  {name}{one.words}{f' ({one.how})' if one.how else ''}", before=0.5)
    if brief.changes_more:
        page.say(f"and {words.counted(brief.changes_more, 'more change')}", size=_SMALL, muted=True, before=0.5)


def _known(page: _Page, brief: Brief) -> None:
    page.heading("What they know")
    if not brief.known:
        page.say("Nothing is known to have been told.", muted=True)
    for group in brief.known:
        page.say(words.title(words.LABELS, group.label), style="B", before=1.4)
        for line in group.lines:
            _entry(page, line)
    _more(page, brief.known_more)


def _lines(page: _Page, title: str, lines: Sequence[BriefLine], rest: int, nothing: str) -> None:
    page.heading(title)
    if not lines:
        page.say(nothing, muted=True)
    for line in lines:
        _entry(page, line, name=words.title(words.LABELS, line.label))
    _more(page, rest)


def _entry(page: _Page, line: BriefLine, *, name: str = "") -> None:
    page.say(f"{name}: {line.words}" if name else line.words, before=0.7)
    page.say(line_note(line), size=_SMALL, muted=True)


def _more(page: _Page, count: int) -> None:
    if count:
        page.say(more(count), size=_SMALL, muted=True, before=0.8)


def _questions(page: _Page, brief: Brief) -> None:
    page.heading("Likely questions")
    if not brief.questions:
        page.say("None to expect more than others.", muted=True)
    for one in brief.questions:
        page.say(one.question, style="B", before=1)
        page.say(f"Why they may ask: {one.why}", size=_SMALL, muted=True)
        page.say(f"Say: {one.say}")


def _sentences(page: _Page, title: str, sentences: Iterable[str]) -> None:
    told = list(sentences)
    if not told:
        return
    page.heading(title)
    for one in told:
        page.say(f"• {one}", before=0.5)
