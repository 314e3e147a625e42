from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from service.console.highlight import Highlight, Segment, segments


@dataclass(frozen=True)
class Part:
    kind: str
    start: int
    end: int


def found(number: int, start: int, end: int) -> Highlight:
    return Highlight(number=number, label="budget", start=start, end=end)


def marked(cut: list[Segment]) -> list[tuple[str, list[int]]]:
    return [(one.text, [mark.number for mark in one.marks]) for one in cut]


def test_a_text_without_findings_is_one_segment():
    assert segments("as agreed", (), ()) == [Segment(text="as agreed")]


def test_an_empty_text_has_no_segments():
    assert segments("", (), [found(1, 0, 3)]) == []


def test_a_finding_is_cut_out_exactly():
    text = "We have 480k left."
    cut = segments(text, (), [found(1, 8, 12)])
    assert marked(cut) == [("We have ", []), ("480k", [1]), (" left.", [])]


def test_offsets_count_code_points_beyond_the_first_plane_and_marks_that_join():
    text = "👩‍🔧 e\u0301 İ 480k"
    start = text.index("480k")
    assert marked(segments(text, (), [found(1, start, start + 4)]))[-1] == ("480k", [1])


def test_findings_that_overlap_share_a_segment_and_each_begins_and_ends_once():
    cut = segments("abcdef", (), [found(1, 0, 4), found(2, 2, 6)])
    assert marked(cut) == [("ab", [1]), ("cd", [1, 2]), ("ef", [2])]
    assert [[one.number for one in segment.begins] for segment in cut] == [[1], [2], []]
    assert [[one.number for one in segment.ends] for segment in cut] == [[], [1], [2]]


def test_two_findings_on_the_same_words_are_both_named():
    cut = segments("abc", (), [found(1, 1, 2), found(2, 1, 2)])
    assert marked(cut) == [("a", []), ("b", [1, 2]), ("c", [])]


def test_a_finding_over_a_part_border_is_cut_there():
    cut = segments("new old", [Part("new", 0, 4), Part("quote", 4, 7)], [found(1, 2, 6)])
    assert [(one.text, one.kind, bool(one.marks)) for one in cut] == [
        ("ne", "new", False),
        ("w ", "new", True),
        ("ol", "quote", True),
        ("d", "quote", False),
    ]


def test_text_outside_all_parts_counts_as_new():
    cut = segments("abc", [Part("quote", 1, 2)], ())
    assert [(one.text, one.kind) for one in cut] == [("a", "new"), ("b", "quote"), ("c", "new")]


def test_where_parts_overlap_the_first_one_counts():
    cut = segments("abcd", [Part("quote", 0, 3), Part("signature", 2, 4)], ())
    assert [(one.text, one.kind) for one in cut] == [("ab", "quote"), ("c", "quote"), ("d", "signature")]


def test_a_range_that_reaches_past_the_text_is_cut_off_and_an_impossible_one_left_out():
    cut = segments("abc", [Part("quote", 1, 99)], [found(1, 2, 50), found(2, 7, 9), found(3, 2, 1), found(4, -1, 2)])
    assert marked(cut) == [("a", []), ("b", []), ("c", [1])]
    assert [one.number for one in cut[-1].ends] == [1]


ranges = st.tuples(st.integers(-5, 60), st.integers(-5, 60))


@given(st.text(max_size=50), st.lists(ranges, max_size=6), st.lists(ranges, max_size=6))
def test_the_segments_put_together_are_the_text(text, parts, findings):
    highlights = [found(number, *one) for number, one in enumerate(findings)]
    cut = segments(text, [Part("quote", *one) for one in parts], highlights)
    assert "".join(one.text for one in cut) == text
    for one in highlights:
        covered = "".join(segment.text for segment in cut if one in segment.marks)
        assert covered in {text[one.start : one.end] if one.start >= 0 else "", ""}
        assert sum(one in segment.begins for segment in cut) == sum(one in segment.ends for segment in cut) <= 1
