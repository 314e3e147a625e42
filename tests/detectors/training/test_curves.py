"""Curves: well-formed, within their frame, said in words, and with ink for light and dark pages."""

from xml.etree import ElementTree as ET

import pytest

from detectors.quality import Bin, Point
from detectors.training.curves import precision_recall_svg, reliability_svg

SVG = "{http://www.w3.org/2000/svg}"
POINTS = [Point(threshold=1 - n / 5000, precision=1 - n / 10_000, recall=n / 5000) for n in range(5000)]
BINS = [
    Bin(low=0.1, high=0.2, n=12, confidence=0.15, right=0.0),
    Bin(low=0.9, high=1.0, n=1200, confidence=0.96, right=1.0),
]
CURVES = {
    "precision and recall": precision_recall_svg(POINTS, {"quiet": (0.2, 0.98), "a < b": (1.0, 1.0)}),
    "without points": precision_recall_svg([], {}),
    "reliability": reliability_svg(BINS),
    "without bins": reliability_svg([]),
}


@pytest.fixture(params=CURVES.values(), ids=CURVES)
def picture(request):
    return ET.fromstring(request.param)


def test_a_curve_is_an_image_with_a_title_and_a_description(picture):
    assert picture.get("role") == "img"
    assert picture.find(f"{SVG}title").text
    assert picture.find(f"{SVG}desc") is not None


def test_a_curve_names_its_axes_and_their_ends(picture):
    words = [one.text for one in picture.iter(f"{SVG}text")]
    assert words.count("0.0") == words.count("1.0") == 2
    assert sum(":" in word or "confidence" in word or "share" in word for word in words) == 2


def test_a_curve_has_ink_for_light_and_dark_pages_and_no_colour_of_its_own_elsewhere(picture):
    style = picture.find(f"{SVG}style").text
    assert "prefers-color-scheme:dark" in style
    for one in picture.iter():
        assert {"fill", "stroke", "style"}.isdisjoint(one.keys())


def test_everything_lies_within_the_frame(picture):
    width, height = float(picture.get("width")), float(picture.get("height"))
    for one in picture.iter():
        across = [one.get(key) for key in ("x", "x1", "x2", "cx")]
        up = [one.get(key) for key in ("y", "y1", "y2", "cy")]
        for line in (one.get("points") or "").split():
            left, top = line.split(",")
            across, up = [*across, left], [*up, top]
        assert all(0 <= float(value) <= width for value in across if value)
        assert all(0 <= float(value) <= height for value in up if value)


def test_thousands_of_points_are_thinned_and_the_ends_stay():
    line = ET.fromstring(CURVES["precision and recall"]).find(f"{SVG}polyline").get("points").split()
    assert 100 < len(line) < 300
    assert (line[0], line[-1].split(",")[0]) == ("64.0,20.0", f"{64 + 320 * POINTS[-1].recall:.1f}")


def test_policies_are_marked_by_name_and_said_in_words():
    picture = ET.fromstring(CURVES["precision and recall"])
    assert {"quiet", "a < b"} <= {one.text for one in picture.iter(f"{SVG}text")}
    assert "quiet: precision 0.98 at recall 0.20" in picture.find(f"{SVG}desc").text


def test_bins_of_few_findings_are_faint():
    groups = [one.get("class") for one in ET.fromstring(CURVES["reliability"]).iter(f"{SVG}g")]
    assert groups == ["bin few", "bin"]
