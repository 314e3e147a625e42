"""The trained model as a component of a spaCy pipeline, which is how it ships: `spacy.load("detectors/model")`.

A Doc given to it holds folded sentences one after the other, each a span of `doc.spans["sentences"]`;
`doc.user_data` tells the "setting" (see windows). As spaCy's own components do, it sets
`doc.cats` (label to the highest confidence) and `doc.spans["signals"]`, whose attrs hold the "scores".
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from detectors.judgement import LABELS
from detectors.reader import Reader


class Signals:
    """The component. It reads nothing until it is given a reader, which `from_disk` does."""

    def __init__(self, name: str = "signals") -> None:
        self.name = name
        self.reader: Reader | None = None

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels it can set."""
        return LABELS

    def __call__(self, doc: Doc) -> Doc:
        """Assess a Doc."""
        sentences = list(doc.spans["sentences"])
        found = self._trained().find([span.text for span in sentences], doc.user_data["setting"])
        spans, scores = [], []
        for one in found:
            begin = sentences[one.sentence].start_char
            span = doc.char_span(begin + one.start, begin + one.end, label=one.label, alignment_mode="expand")
            assert isinstance(span, Span)
            spans.append(span)
            scores.append(one.confidence)
            doc.cats[one.label] = max(one.confidence, doc.cats.get(one.label, 0.0))
        doc.spans["signals"] = SpanGroup(doc, name="signals", spans=spans, attrs={"scores": scores})
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 1) -> Iterator[Doc]:  # noqa: ARG002 - spaCy's interface
        """Assess Docs one after the other."""
        yield from map(self, stream)

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:  # noqa: ARG002 - spaCy's interface
        """Write what was trained into a folder."""
        self._trained().to_disk(Path(path))

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> "Signals":  # noqa: ARG002 - the same
        """Read what was trained from a folder."""
        self.reader = Reader.from_disk(Path(path))
        return self

    def _trained(self) -> Reader:
        if self.reader is None:
            raise ValueError("nothing was trained: load a pipeline, or set `reader`")
        return self.reader


@Language.factory("signals", assigns=["doc.cats", "doc.spans"])
def make_signals(nlp: Language, name: str) -> Signals:  # noqa: ARG001 - spaCy's interface
    """Make an empty component."""
    return Signals(name)
