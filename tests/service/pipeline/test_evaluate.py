"""Measuring: a message that can't be judged is silent and told, and every message is counted on the way."""

import dataclasses
import json

from detectors.context import Context
from detectors.scoring import builtin_policies
from messages import Directory
from service.pipeline.evaluate import evaluate
from service.pipeline.labelled import survey
from service.pipeline.scan import ScanRefusal
from tests.service.cli.program import LEAK
from tests.service.pipeline.trap import Trap

CONTEXT = Context(directory=Directory(own_domains=("ourco.example",)))
[POLICY] = (policy for policy in builtin_policies() if policy.name == "balanced")


HARMLESS = "Thanks, see you then."


def files(folder, *, labelled):
    """Write a message that leaks and one that does not."""
    path = folder / f"{labelled}.jsonl"
    common = {"from": "jo@ourco.example", "to": ["bo@norvik.example"]} | ({"labels": []} if labelled else {})
    path.write_text("".join(json.dumps(common | {"id": text[:4], "text": text}) + "\n" for text in (LEAK, HARMLESS)))
    return survey([path])


def test_a_message_that_trips_the_analysis_is_missing_and_told_without_its_words(tmp_path):
    trapped = dataclasses.replace(POLICY, weights=Trap())
    result = evaluate(files(tmp_path, labelled=True), CONTEXT, trapped)
    [labelled] = result.labelled
    assert [one.is_missing for one in labelled.judged] == [True, False]
    assert result.refusals == (ScanRefusal(where="Betw", why="the analysis failed (RecursionError)"),)


def test_of_messages_without_labels_only_those_that_alarm_are_kept(tmp_path):
    [background] = evaluate(files(tmp_path, labelled=False), CONTEXT, POLICY).background
    assert background.messages == 2
    assert [one.gold.id for one in background.alarms] == ["Betw"]


def test_progress_is_told_of_every_message(tmp_path):
    sources = [*files(tmp_path, labelled=True), *files(tmp_path, labelled=False)]
    told = []
    evaluate(sources, CONTEXT, POLICY, progress=told.append)
    assert told == [sources[0]] * 2 + [sources[1]] * 2
