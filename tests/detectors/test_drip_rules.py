"""When small leaks add up: a policy's table, and what to mend in one."""

import pytest

from detectors.drip_rules import DripRules, read_drip_rules
from detectors.scoring import PolicyError, load_policy

POLICY = "threshold = 15\n[weights]\nbudget = 0.9\n[severity]\nhigh = 70\n"


def test_what_a_policy_leaves_out_is_as_by_default():
    assert load_policy(POLICY, name="own").drip == DripRules(entries=5, people=3, days=28)
    assert read_drip_rules({"entries": 7, "days": 14}, where="it") == DripRules(entries=7, people=3, days=14)


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("[drip]\nthings = 5", "'things' is none of days, entries, people"),
        ("[drip]\nentries = 1", "entries must be a whole number from 2 to 100"),
        ("[drip]\nentries = 2.5", "entries must be a whole number"),
        ("[drip]\npeople = true", "people must be a whole number"),
        ("[drip]\ndays = 0", "days must be a whole number from 1 to 365"),
        ("[drip]\nentries = 3\npeople = 4", "people must not be more than entries"),
        ("drip = 5\n", "drip: a table is needed"),
        ("[answers]\nbonus = 1.5", "bonus must be a number from 0 to 1"),
        ("[answers]\nmore = 0.5", "'more' is none of bonus"),
    ],
)
def test_a_table_that_cannot_be_used_says_what_to_mend(table, told):
    text = f"{table}\n{POLICY}" if table.startswith("drip") else f"{POLICY}{table}"
    with pytest.raises(PolicyError, match=told):
        load_policy(text, name="broken")
