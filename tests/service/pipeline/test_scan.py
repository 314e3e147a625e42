"""Judging files: what trips over one message loses that message alone."""

import dataclasses

from detectors.context import Context
from detectors.scoring import builtin_policies
from messages import Directory
from service.pipeline.scan import ScanRefusal, ScanRow, scan
from tests.service.cli.program import LEAK, Letters
from tests.service.pipeline.trap import Trap

CONTEXT = Context(directory=Directory(own_domains=("ourco.example",)))


def test_a_mail_that_trips_the_analysis_is_one_refusal_without_its_words(tmp_path):
    letter = Letters()
    paths = [tmp_path / f"{number}.eml" for number in range(3)]
    for path, text in zip(paths, ("Hello.", LEAK, "Thank you."), strict=True):
        path.write_bytes(letter(text))
    [policy] = (policy for policy in builtin_policies() if policy.name == "balanced")
    one, two, three = scan(paths, CONTEXT, dataclasses.replace(policy, weights=Trap()))
    assert (type(one), type(three)) == (ScanRow, ScanRow)
    assert two == ScanRefusal(where="2@ourco.example", why="the analysis failed (RecursionError)")
