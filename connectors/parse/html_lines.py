"""Writes text in lines the way a page would show it: blocks, list items, table rows."""

from dataclasses import dataclass, field

# How much of a marked stretch can be looked at again.
_HEAD = 600


@dataclass(slots=True, eq=False)
class Mark:
    """A place: `start` is where the first text behind it begins, -1 while there is none."""

    start: int = -1
    piece: int = 0


@dataclass(slots=True)
class _Table:
    """The cell that is being written in the current row, None before the first."""

    cell: Mark | None = None


@dataclass(slots=True)
class Lines:
    """Text under construction. Line breaks wait until text follows, so none doubles and none is left at the end."""

    length: int = 0
    _pieces: list[str] = field(default_factory=list)
    _breaks: int = 0
    _space: bool = False
    _separator: bool = False
    _fresh: bool = False
    _bullet: str = ""
    _last_break: int = -1
    _waiting: list[Mark] = field(default_factory=list)
    _tables: list[_Table] = field(default_factory=list)

    def text(self) -> str:
        """Return what has been written."""
        return "".join(self._pieces)

    def mark(self) -> Mark:
        """Mark where the next text will begin."""
        mark = Mark()
        self._waiting.append(mark)
        return mark

    def head(self, mark: Mark) -> str:
        """Return the first few hundred characters behind a mark."""
        taken, size = [], 0
        for piece in self._pieces[mark.piece : mark.piece + _HEAD]:
            taken.append(piece)
            size += len(piece)
            if size > _HEAD:
                break
        return "".join(taken)[:_HEAD]

    def write(self, text: str) -> None:
        """Write text with its white space collapsed."""
        words = text.split()
        if not words:
            self._write_blank(text)
            return
        self._begin(spaced=text[0].isspace())
        self._append(" ".join(words))
        self._space = text[-1].isspace()

    def write_preformatted(self, text: str) -> None:
        """Write text with its spaces and line breaks as they are."""
        text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")
        body = text.strip("\n")
        if not body.strip():
            self._breaks = min(self._breaks + text.count("\n"), 2)
            self._space |= bool(body)
            return
        leading = len(text) - len(text.lstrip("\n"))
        self._breaks = min(self._breaks + leading, 2)
        self._begin(spaced=False)
        self._append(body)
        if "\n" in body:
            self._last_break = self.length
        self._breaks = min(len(text) - len(body) - leading, 2)

    def break_line(self, count: int = 1) -> None:
        """Make sure that what follows stands on a line of its own; with 2, behind an empty one."""
        if not self._fresh:
            self._breaks = max(self._breaks, count)
        self._space = False

    def add_line(self) -> None:
        """End the line; a second time, leave one empty."""
        if not self._fresh:
            self._breaks = min(self._breaks + 1, 2)
        self._space = False

    def begin_item(self, depth: int) -> None:
        """Begin an item of a list at a depth from 1."""
        self.break_line()
        self._breaks = 1  # paragraphs inside of items keep their distance elsewhere
        self._bullet = "  " * min(depth - 1, 10) + "- "
        self._fresh = True

    def begin_table(self) -> None:
        """Begin a table, which may stand in a cell of another."""
        self.break_line()
        self._tables.append(_Table())

    def end_table(self) -> None:
        """Go back to the table around this one."""
        self.end_row()
        if self._tables:
            self._tables.pop()

    def end_row(self) -> None:
        """End the row of the innermost table, or begin its first."""
        self._fresh = self._separator = False
        if self._tables:
            self._tables[-1].cell = None
        self.break_line()

    def begin_cell(self) -> None:
        """Begin a cell: behind a bar, or on a new line when the cell before it took several."""
        if not self._tables:
            self._tables.append(_Table())
        table = self._tables[-1]
        if table.cell is not None and table.cell.start >= 0:
            if self._last_break > table.cell.start:
                self._fresh = False
                self.break_line()
            else:
                self._breaks, self._separator = 0, True
        table.cell = self.mark()
        self._fresh = True

    def _write_blank(self, text: str) -> None:
        # A non-breaking space alone on a line is how mail programs write an empty line.
        if "\xa0" in text and self._breaks and not self._fresh:
            self._breaks = 2
        self._space = True

    def _begin(self, *, spaced: bool) -> None:
        """Write what has been waiting for text: breaks, a bar, a space, a bullet."""
        if self.length and self._breaks:
            self._append("\n" * self._breaks)
            self._last_break = self.length
        elif self._separator:
            self._append(" | ")
        elif self.length and (spaced or self._space):
            self._append(" ")
        for mark in self._waiting:
            mark.start, mark.piece = self.length, len(self._pieces)
        self._waiting.clear()
        if self._bullet:
            self._append(self._bullet)
        self._breaks, self._bullet = 0, ""
        self._space = self._separator = self._fresh = False

    def _append(self, piece: str) -> None:
        self._pieces.append(piece)
        self.length += len(piece)
