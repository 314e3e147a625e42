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
