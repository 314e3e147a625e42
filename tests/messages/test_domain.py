import pytest

from messages import normal_domain


def test_a_sharp_s_in_a_domain_stays_one():
    assert normal_domain("Straße.example") == "xn--strae-oqa.example"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("OurCo.Example.", "ourco.example"),
        (" müller.example ", "xn--mller-kva.example"),
        ("xn--mller-kva.example", "xn--mller-kva.example"),
        ("firm.example>", "firm.example"),
        ("", ""),
    ],
)
def test_a_domain_has_one_form(written, meant):
    assert normal_domain(written) == meant


@pytest.mark.parametrize(
    "hidden",
    ["\u00ad", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u034f", "\ufe0f", "\u200e", "\U000e0101"],
    ids=ascii,
)
def test_characters_that_names_ignore_do_not_count(hidden):
    assert normal_domain(f"ourco.example{hidden}.evil.example") == "ourco.example.evil.example"
    assert normal_domain(f"our{hidden}co.example") == "ourco.example"


@pytest.mark.parametrize("between", ["!.", "/", "?.", "=2E", "%2e", " .", ". ", "\x00.", "\u2028.", ">."], ids=ascii)
@pytest.mark.parametrize(("one", "other"), [("ourco.example", "evil.example"), ("evil.example", "ourco.example")])
def test_a_domain_behind_another_makes_it_neither_of_the_two(one, other, between):
    found = normal_domain(f"{one}{between}{other}")
    for domain in (one, other):
        assert found != domain
        assert not found.endswith(f".{domain}")


@pytest.mark.parametrize(
    "written",
    [
        "firm.example>",
        "firm.example.>",
        "firm.example!",
        "firm.example (Jane)",
        "firm.example'...",
        "firm.example\u200b",
    ],
    ids=ascii,
)
def test_what_is_no_domain_behind_one_is_cut(written):
    assert normal_domain(written) == "firm.example"


@pytest.mark.parametrize("dot", ["\u3002", "\uff0e", "\uff61", "\u2024"], ids=ascii)
def test_a_dot_of_another_script_is_a_dot(dot):
    assert normal_domain(f"ourco{dot}example") == "ourco.example"
